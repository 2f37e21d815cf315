# expect: own
# stress: skip
"""heap.diff by the line that allocated, while tracemalloc traces, and without."""
import heap
import tracemalloc


class Item:
    pass


def lines(change):
    return {int(name.rpartition(":")[2]): (objects, size) for name, objects, size in change.lines}


def make():
    return [Item() for _ in range(10)]  # 17


# Not traced: the answer says so.
before = heap.snapshot()
kept = make()
change = heap.diff(before)
print(change.traced, change.lines, str(change).splitlines()[-1])
print(before.traced, before.lines, str(before).splitlines()[-1])
print(heap.diff(before, before))

# One was taken before tracing began: no comparison by line.
tracemalloc.start()
print(heap.diff(before).traced, heap.diff(before).lines)

first = heap.snapshot()
more = make()
second = heap.snapshot()
change = heap.diff(first, second)
print(change.traced, first.traced)
# The list's own bytes depend on how it grew.
print(lines(change)[17][0], lines(change)[17][1] >= 10 * 24 + 32 + 10 * 8, change.of("Item"))
print([line.split()[1] for line in str(change).splitlines() if __file__ + ":17" in line])
print(str(change).count("objects"))

# Released again: the lines are back to nothing.
released = more
more = None
released.clear()
print(lines(heap.diff(second))[17][0], 17 in lines(heap.diff(first)))

# What grows is told of the line that made the object, with all its bytes.
grown = []  # 49
before = heap.snapshot()
grown.extend(range(1000, 2000))
change = lines(heap.diff(before))
print(change[49])
print(change[51][0])

# What was made before tracing has no line.
old = make()
tracemalloc.stop()
tracemalloc.start()
taken = heap.snapshot()
print(taken.of("Item")[0], 17 in lines(taken))
old[0].attribute = Item()  # 62
print(lines(heap.diff(taken)))
tracemalloc.stop()
print(heap.snapshot().traced, heap.diff(taken).traced)
print(heap.diff(taken).lines, str(heap.diff(taken, taken)))
