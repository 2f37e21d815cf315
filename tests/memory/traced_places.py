# Where traced blocks come from, and how much they hold: what does not depend on the allocator.
import gc
import sys
import tracemalloc

FILE = __file__


def lines(snapshot, line):
    """How many blocks come from a line of this script, and how much they hold."""
    rule = tracemalloc.Filter(True, FILE, line)
    found = snapshot.filter_traces([rule]).statistics("filename")
    return (found[0].count, found[0].size) if found else (0, 0)


def line_of(thing):
    traceback = tracemalloc.get_object_traceback(thing)
    return traceback and traceback[-1].lineno - (sys._getframe(1).f_lineno)


def objects(n):
    made = [None] * n
    for i in range(n):
        made[i] = object()
    return made


class Plain:
    def __init__(self):
        self.name = [1]


def generator():
    yield [1]
    yield (i := {2: 3}) and i


def closure():
    value = 1

    def inner():
        return value

    return inner


# CPython keeps blocks of some types for later; those from before the start would have no trace.
spare = [([], {}, 0.5 * i, (i,), (i, i), lambda: i, (lambda: i).__get__(i)) for i in range(3000)]
tracemalloc.start()
print("-- single objects")
kept = [
    [], {}, set(), object(), Plain(), 2 ** 70, 1.5 * len(FILE), FILE + "x", FILE.encode(), bytearray(FILE.encode()),
]
print([line_of(thing) for thing in kept])
made = objects(1000)
print(line_of(made), line_of(made[0]), line_of(made[999]))
thing = Plain()
print(line_of(thing), tracemalloc.get_object_traceback(thing.name)[-1].lineno)
running = generator()
first, second = next(running), next(running)
print(line_of(running), tracemalloc.get_object_traceback(first)[-1].lineno, tracemalloc.get_object_traceback(second)[-1].lineno)
inner = closure()
print(line_of(inner), line_of(inner.__closure__[0]), tracemalloc.get_object_traceback(inner)[-1].lineno)
sliced, joined, sorted_one = made[:5], FILE + FILE, sorted([3, 1, 2])
print(line_of(sliced), line_of(joined), line_of(sorted_one))
numbers = []
number = 1000
for step in range(5):
    number = number * 3
    numbers.append(number)
print([line_of(one) for one in numbers])
squares = [i * i for i in range(2000, 2005)]
print([line_of(one) for one in squares])

print("-- counts")
snapshot = tracemalloc.take_snapshot()
count, size = lines(snapshot, 28)
print(count, size == sum(map(sys.getsizeof, made)))
del made
snapshot = tracemalloc.take_snapshot()
print(lines(snapshot, 28))

print("-- a block that is used again")
one = []
one = None
one = [None]
print(line_of(one))
one = None
for again in range(3):
    one = object()
    print(line_of(one), end=" ")
print()

print("-- growth and peaks")
tracemalloc.clear_traces()
print(tracemalloc.get_traced_memory())
held, peak = tracemalloc.get_traced_memory()
block = bytearray(1 << 20)
held_now, peak_now = tracemalloc.get_traced_memory()
print(1 << 20 <= held_now - held < (1 << 20) + 4096, 1 << 20 <= peak_now - peak < (1 << 20) + 4096)
del block
held_then, peak_then = tracemalloc.get_traced_memory()
print(held_then - held < 4096, peak_then == peak_now)
tracemalloc.reset_peak()
held_then, peak_then = tracemalloc.get_traced_memory()
print(peak_then - held_then < 4096)
grown = []
for i in range(10000):
    grown.append(None)
print(tracemalloc.get_traced_memory()[0] - held_then >= 80000)
text = ""
for i in range(3000):
    text += "ab"
held_then = tracemalloc.get_traced_memory()[0]
del text
print(6000 <= held_then - tracemalloc.get_traced_memory()[0] < 7000)
small_peak = []
tracemalloc.reset_peak()
held_then, peak_then = tracemalloc.get_traced_memory()
for i in range(5):
    small_peak.append(tuple([i]))
small_peak.clear()
many = [object() for i in range(2000)]
top = tracemalloc.get_traced_memory()[1]
many = None
small = [[] for i in range(10)]
print(top - peak_then >= 2000 * sys.getsizeof(object()), tracemalloc.get_traced_memory()[1] - top < 1000)

print("-- cycles")
cycle = [Plain() for i in range(100)]
for one, other in zip(cycle, cycle[1:] + cycle[:1]):
    one.other = other
held_then = tracemalloc.get_traced_memory()[0]
cycle = one = other = None
print(tracemalloc.get_traced_memory()[0] > held_then - 3000, gc.collect() > -1, tracemalloc.get_traced_memory()[0] < held_then - 3000)
tracemalloc.stop()
print(tracemalloc.get_traced_memory(), tracemalloc.get_object_traceback(small))
