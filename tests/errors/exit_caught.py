import sys
try:
    sys.exit(1)
except Exception:
    print("never: SystemExit is no Exception")
except SystemExit as e:
    print("caught", e.code)
print("goes on")
