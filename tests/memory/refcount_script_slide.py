# A script holds a constant also in its code object, which the balloon on the slide does not show.
import sys
test = 1000
print(sys.getrefcount(test))
another_test = test
print(sys.getrefcount(test))
del another_test
print(sys.getrefcount(test))
