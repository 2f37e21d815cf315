import sys
print("script", repr(sys.stdin.read()))
