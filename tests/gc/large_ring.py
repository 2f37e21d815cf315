# stress: skip
import gc
gc.disable()
gc.collect()
first = node = []
for _ in range(50000):
    new = [node]
    node = new
first.append(node)
del first, node, new
print(gc.collect())


class N:
    __slots__ = ("next", "prev")


def ring(n):
    nodes = [N() for _ in range(n)]
    for i, x in enumerate(nodes):
        x.next = nodes[(i + 1) % n]
        x.prev = nodes[i - 1]


ring(20000)
print(gc.collect())
tree = {}


def grow(d, depth):
    d["up"] = tree
    if depth:
        for i in range(4):
            d[i] = {}
            grow(d[i], depth - 1)


grow(tree, 5)
del tree
tree = None
print(gc.collect())
