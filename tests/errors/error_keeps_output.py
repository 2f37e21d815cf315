import sys
sys.stdout.write("no newline at the end")
sys.stderr.write("to stderr\n")
raise ValueError("after output")
