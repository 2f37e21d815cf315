# expect: own
"""heap.why tells the shortest way to an object from something that lives by itself."""
import gc
import heap
import _heap


def plain(lines):
    for line in lines:
        while " at 0x" in line:
            before, _, after = line.partition(" at 0x")
            line = before + after.lstrip("0123456789abcdef")
        print(line)
    print()


class Node:
    pass


cache = {"u": [0, 1, [2]]}
plain(heap.why(cache))
plain(heap.why(cache["u"][2]))

node = Node()
node.child = Node()
node.child.value = ["deep"]
plain(heap.why(node.child.value))
node.__dict__
plain(heap.why(node.child))


def local():
    inside = [Node()]
    plain(heap.why(inside[0]))
    return heap.why(inside)


local()


def closure():
    kept = [1]
    return lambda: kept


keeper = closure()
plain(heap.why(keeper()))
plain(heap.why(None))
plain(heap.why([]))
plain(heap.why(len))
plain(heap.why(Node))


def waiting():
    held = [1]
    yield held
    yield


generator = waiting()
plain(heap.why(next(generator)))

gc.disable()
a, b = Node(), Node()
a.other, b.other = b, a
address = id(a)
del a, b
plain(heap.why(_heap.at(address)))
gc.collect()
