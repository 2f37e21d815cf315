# expect: own
# stress: skip
"""Looking changes nothing: neither counts, nor collections, nor what the next look finds."""
import gc
import heap
import sys

value = [1]
gc.collect()
counts, stats, references = gc.get_count(), gc.get_stats(), sys.getrefcount(value)
for look in (heap.refs, heap.why, heap.layout, heap.sizeof):
    for _ in range(300):
        look(value)
heap.pools()
heap.leaks()
print(gc.get_stats() == stats, sys.getrefcount(value) == references)
print(abs(gc.get_count()[0] - counts[0]) < 50)

first = heap.snapshot()
second = heap.snapshot()
third = heap.snapshot()
print([row for row in heap.diff(second, third).types])
names = {row[0] for row in third.types}
print(any(name.startswith("heap.") for name in names), "module" in names)
