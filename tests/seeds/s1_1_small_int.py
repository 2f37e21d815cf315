# Here, we create an integer object with the value 10.
x = 10
# We create another variable 'y' and point it to the same object as 'x'.
y = x
print(x is y, id(x) == id(y))
# The article counts 1, then 2; but small ints are immortal.
import sys
print(sys.getrefcount(x), sys.getrefcount(10))
