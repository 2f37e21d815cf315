# expect: own
"""heap.refs lists every holder of a reference: as many as sys.getrefcount counts, less the argument's own."""
import heap
import sys


def agrees(value):
    return len(heap.refs(value)) == sys.getrefcount(value) - 1


class Node:
    __slots__ = ("left", "right", "__dict__")


class Row(list):
    pass


value = [1000, 2000]
print(heap.refs(value), len(heap.refs(value)) == sys.getrefcount(value) - 1)

other = value
holders = {"k": value, "l": [value, value], ("t",): value}
node = Node()
node.left = value
node.name = value
row = Row([value])
row.note = value
print(len(heap.refs(value)), len(heap.refs(value)) == sys.getrefcount(value) - 1)
for line in sorted(heap.refs(value)):
    print(" ", line.partition(" at 0x")[0])


def function(parameter):
    local = parameter
    print(heap.refs(parameter)[:2])
    return len(heap.refs(parameter)) == sys.getrefcount(parameter) - 1


print(function(value))


def closure():
    kept = [3]

    def inner():
        return kept

    return inner


inner = closure()
print(heap.refs(inner()))


def generator():
    waiting = [4]
    yield waiting
    yield waiting


running = generator()
print(sorted(heap.refs(next(running))))


class Operand:
    def __add__(self, other):
        return len(heap.refs(self)) == sys.getrefcount(self) - 1

    def __call__(self, **options):
        return len(heap.refs(self)) == sys.getrefcount(self) - 1

    def __iter__(self):
        yield len(heap.refs(self)) == sys.getrefcount(self) - 1

    def deep(self, depth):
        if depth:
            return self.deep(depth - 1)
        return len(heap.refs(self)) == sys.getrefcount(self) - 1


operand = Operand()
print(operand + 1, operand(key=1), list(operand), [agreed for agreed in operand], operand.deep(5))
sorted([operand], key=lambda item: print(len(heap.refs(item)) == sys.getrefcount(item) - 1))
print(all(map(agrees, [value, holders, node, row, inner, function, Node, sys, "a new text".upper(), 10 ** 30])))

# Temporaries: what only the call holds has no holder.
print(heap.refs([]))

# Keys and elements.
key = ("a", [1][0] * 1000)
print([line.partition(" of ")[0] for line in heap.refs(key)] if {key: 1} else None)
table = {key: 1}
elements = {key}
print(len(heap.refs(key)), sum("key" in line for line in heap.refs(key)), sum("element" in line for line in heap.refs(key)))

# The class of an instance is held by the instance.
lonely = type("Lonely", (), {})
instance = lonely()
print(any("the class of" in line for line in heap.refs(lonely)))

# Exceptions hold what their frames hold.
try:
    raise ValueError(value)
except ValueError as error:
    print(len(heap.refs(value)) == sys.getrefcount(value) - 1, len(heap.refs(error)) == sys.getrefcount(error) - 1)
