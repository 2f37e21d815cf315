import sys
test = 1000
address = id(test)
print("TYPE:", type(test).__name__, "VALUE:", test)
before = sys.getrefcount(test)
another_test = test
print(id(another_test) == address, sys.getrefcount(test) - before)
del another_test
print(sys.getrefcount(test) - before)
