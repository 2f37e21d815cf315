import gc
gc.disable()
gc.collect()


def create_cycle():
    l = {}
    l['self'] = l
    return l


# Create a lot of cycles
for _ in range(1000):
    create_cycle()
# Check for uncollectable garbage
print(f"Garbage objects: {gc.collect()}")


# To prevent this, break the cycle explicitly
def create_and_break_cycle():
    l = {}
    l['self'] = l
    l['self'] = None  # Break the cycle
    return l


for _ in range(1000):
    create_and_break_cycle()
print(f"Garbage objects after breaking cycles: {gc.collect()}")
