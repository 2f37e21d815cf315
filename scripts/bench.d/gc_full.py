"""gc.collect() over a million live objects, and over garbage."""
import gc

gc.disable()


class Item:
    __slots__ = ("next", "value")


alive = [[i] for i in range(500000)]
tables = [{"k": i, "l": []} for i in range(100000)]
items = []
for i in range(200000):
    item = Item()
    item.value = i
    item.next = items
    items.append(item)
found = 0
for _ in range(3):
    found += gc.collect()
for i in range(100000):
    ring = [i]
    ring.append([ring])
del ring
found += gc.collect()
print(len(alive), len(tables), len(items), found)
