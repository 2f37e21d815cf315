import tracemalloc


def memory_intensive_function():
    return [obj for obj in range(1000000)]


# Start tracking memory allocation
tracemalloc.start()
# Run the function
result = memory_intensive_function()
# Get memory statistics
current, peak = tracemalloc.get_traced_memory()
print(f"Current memory usage: {4 < current / 10**6 < 40.5}")
print(f"Peak memory usage: {4 < peak / 10**6 < 40.5}")
# Stop tracking
tracemalloc.stop()
