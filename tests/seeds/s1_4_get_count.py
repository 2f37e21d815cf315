import gc

# You can see how many objects are in each generation.
count = gc.get_count()
print(type(count).__name__, len(count), all(isinstance(n, int) and n >= 0 for n in count))
# You can manually trigger a garbage collection run.
# This is usually not necessary, but can be useful for debugging.
gc.collect()
print("Garbage collection manually triggered.")
print(gc.get_count()[1:])
