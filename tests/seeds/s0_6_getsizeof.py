import sys
x = [1, 2, 3]
size = sys.getsizeof(x)  # Output: Size of the list in bytes
print(isinstance(size, int), 0 < size <= 88, size > sys.getsizeof([]))
print(sys.getsizeof([]) <= 56, sys.getsizeof([1, 2]) <= 72, sys.getsizeof([1] * 3) <= 80)
