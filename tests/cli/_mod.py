import sys
print("module run", __name__, sys.argv[1:])
if __name__ != "__main__":
    print("imported")
