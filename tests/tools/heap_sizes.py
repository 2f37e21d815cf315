# expect: own
"""heap.sizeof and heap.layout: sizes that add up."""
import heap
import sys


class Node:
    def __init__(self, value):
        self.value = value


big = ["x" * 1000 + str(number) for number in range(10)]
sizes = heap.sizeof(big)
print(sizes.shallow == sys.getsizeof(big), sizes.deep > 10000, sizes.retained == sizes.deep)
shared = big[3]
print(heap.sizeof(big).deep == sizes.deep, sizes.retained - heap.sizeof(big).retained == sys.getsizeof(shared))
shallow, deep, retained = heap.sizeof([])
print(shallow == deep == retained)

# A cycle dies as a whole.
first, second = Node(1000), Node("a text of its own".upper())
first.other, second.other = second, first
alone = heap.sizeof(first).retained
print(alone < heap.sizeof(first).deep)
del second
print(heap.sizeof(first).retained > alone + heap.sizeof(first.other).shallow)

# Classes, modules and functions belong to the program.
print(heap.sizeof(Node).deep >= heap.sizeof(Node).shallow, heap.sizeof([sys]).deep == heap.sizeof([0]).deep)

# A __sizeof__ that the program writes is not asked.
class Liar(list):
    def __sizeof__(self):
        return 10**9


print(heap.sizeof(Liar()).shallow < 1000)

for value in (1000, 10**40, 1.5, "text", b"bytes", [], [1, 2, 3], (1, 2), {}, {1: 2}, {1}, first, Node, len, print, sys):
    layout = heap.layout(value)
    assert layout.address == id(value)
    assert layout.header == 8
    assert layout.header + layout.payload + layout.slack == layout.block, layout
    assert layout.type == type(value).__name__ or layout.type.endswith(type(value).__name__)
    assert sys.getsizeof(value) == layout.header + layout.payload + layout.storage, layout
    assert layout.count is None or layout.count == sys.getrefcount(value) - 1, layout
    assert len(repr(layout).splitlines()) >= 6
print("layouts add up")
print(heap.layout("y" * 100000).pool, heap.layout(5).count, heap.layout([1]).arena)
print(str(heap.layout([1, 2])).splitlines()[0].partition(" at ")[0])
