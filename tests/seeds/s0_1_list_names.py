# Counts at each line, as the comments of the example say them (getrefcount adds its own argument).
import sys

x = [1, 2, 3]  # A list is created in memory, reference count = 1
print(sys.getrefcount(x) - 1)
y = x  # Reference count = 2
print(sys.getrefcount(x) - 1)
del x  # Reference count = 1
print(sys.getrefcount(y) - 1)
del y  # Reference count = 0 (object is deallocated)
try:
    y
except NameError as e:
    print(e)
