# expect: own
"""Snapshots and what differs between them."""
import heap


class Item:
    pass


before = heap.snapshot()
items = [Item() for _ in range(100)]
after = heap.snapshot()
change = heap.diff(before, after)
print(dict((name, count) for name, count, size in change.types)["Item"])
print(after.of("Item")[0] - before.of("Item")[0], after.of("nothing"))
print(after.objects > before.objects, after.bytes > before.bytes)
print(str(change).splitlines()[0].split())
print([line.split()[:2] for line in str(change).splitlines() if line.startswith("Item")])
del items
print("Item" in dict((row[0], row) for row in heap.diff(before).types))
print(heap.diff(after).of("Item")[0])
print(heap.diff(after, after))
