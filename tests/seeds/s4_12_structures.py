# stress: skip
import sys
from array import array
# Different ways to store 1 million integers
list_ints = list(range(1000000))
tuple_ints = tuple(range(1000000))
array_ints = array('i', range(1000000))
set_ints = set(range(1000000))
# Compare memory usage
megabyte = 1024 * 1024
print(f"List at most 7.63 MB: {sys.getsizeof(list_ints) / megabyte < 7.635}")
print(f"Tuple at most 7.63 MB: {sys.getsizeof(tuple_ints) / megabyte < 7.635}")
print(f"Array at most 4.1 MB: {4_000_000 <= sys.getsizeof(array_ints) < 4_300_000}")
print(f"Set at most 32.00 MB: {sys.getsizeof(set_ints) / megabyte < 32.005}")
print("The array is the smallest:", sys.getsizeof(array_ints) <= min(map(sys.getsizeof, (list_ints, tuple_ints, set_ints))))
print(sum(array_ints) == sum(list_ints) == sum(tuple_ints) == sum(set_ints))
