"""Garbage in cycles: rings, trees with parents, tables that hold themselves; the collector runs on its own."""


class Node:
    def __init__(self, parent=None):
        self.parent = parent
        self.children = []
        if parent is not None:
            parent.children.append(self)


def tree(depth, parent=None):
    node = Node(parent)
    if depth:
        for _ in range(3):
            tree(depth - 1, node)
    return node


made = 0
keep = []
for i in range(10000):
    t = tree(4)
    made += len(t.children)
    if i % 500 == 0:
        keep.append(t)
    ring = []
    for _ in range(100):
        ring = [ring]
    loop = {"ring": ring}
    loop["me"] = loop
print(made, len(keep))
