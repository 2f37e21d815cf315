import sys
import beside
print("main of a directory", __name__, beside.NAME, sys.argv[1:])
