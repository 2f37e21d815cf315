# expect: own
"""pympler.asizeof: sizes with all that belongs to an object."""
import sys
from pympler import asizeof


class Node:
    def __init__(self):
        self.items = [1000, 2000]
        self.name = "a name".upper()


node = Node()
print(asizeof.asizeof(node) > asizeof.flatsize(node), asizeof.flatsize(node) == sys.getsizeof(node))
print(asizeof.asizeof(), asizeof.asizeof(Node, sys, len, print), asizeof.asizesof(node, node)[0] == asizeof.asizeof(node))
print(asizeof.asizeof(node, node) == asizeof.asizeof(node), asizeof.asizeof([node, node]) < 2 * asizeof.asizeof(node))
sized = asizeof.asized(node, detail=2)
print(sized.size == asizeof.asizeof(node), sized.flat == sys.getsizeof(node), len(sized.refs), sorted(part.name for part in sized.refs))
print(sized.size == sized.flat + sum(part.size for part in sized.refs))
lines = sized.format().splitlines()
print(len(lines), lines[0].startswith("<__main__.Node object at 0x"), lines[1].strip().partition(" size=")[0])
print(sized.format(depth=0).count("\n"), sized.get("name").name, sized.get("nothing"))
print(sorted(part.name for part in asizeof.asized({"a": 1, 2: [3]}, detail=1).refs))
print(asizeof.leng([1, 2, 3]) >= 3, asizeof.leng(5), asizeof.leng({1: 2}), asizeof.itemsize([]), asizeof.itemsize(b""))
print(asizeof.basicsize([1, 2, 3]) == sys.getsizeof([]), asizeof.refs([1, "x"]))
first, second = [], []
first.append(second)
second.append(first)
print(asizeof.asizeof(first) == asizeof.flatsize(first, 8) + asizeof.flatsize(second, 8))
sizer = asizeof.Asizer()
print(sizer.asizeof(node) == asizeof.asizeof(node), sizer.asizeof(node), sizer.total == asizeof.asizeof(node))
try:
    asizeof.asizeof(node, wrong=1)
except KeyError as error:
    print(error)
node.__dict__
print(asizeof.asizeof(node) >= sized.size)
