import tracemalloc

tracemalloc.start()
x = [i for i in range(1000000)]
current, peak = tracemalloc.get_traced_memory()  # Current and peak memory usage
tracemalloc.stop()
print(4_000_000 < current <= peak <= 40_440_848)
