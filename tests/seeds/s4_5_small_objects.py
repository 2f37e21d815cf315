import sys
# Create small objects (integers)
small_objects = [i for i in range(1000)]
# Calculate total memory used
total_memory = sum(sys.getsizeof(obj) for obj in small_objects)
print(f"Total memory for 1000 small objects: at most 28000 bytes: {0 < total_memory <= 28000}")
# Create one large object
large_object = list(range(1000))
# Compare memory usage
print(f"Memory for one large object: at most 8056 bytes: {4000 <= sys.getsizeof(large_object) <= 8056}")
print("The small objects use less memory:", total_memory < sys.getsizeof(large_object))
