import sys
print("main", __name__, __package__, sys.argv[1:])
