# "Mark what is reachable, delete what is not": the collector knows no roots. It takes the references from inside the
# group off the counts, and what has some left is alive, whoever holds it; nothing is deleted before all finalizers ran.
import gc
import itertools
gc.disable()


class Node:
    def __init__(self, name):
        self.name = name
        self.loop = self

    def __del__(self):
        print(self.name, "is finalized;", "the others are whole:", [node.name for node in self.others])


def ring(*names):
    nodes = [Node(name) for name in names]
    for node in nodes:
        node.others = nodes
    return nodes


# Held by no name, list or dictionary, only by an iterator that native code made.
holder = itertools.repeat(ring("held")[0])
gc.collect()
print("alive while something counts:", next(holder).name)
ring("a", "b", "c")
print("collect:", gc.collect() > 0)
next(holder).others = []
del holder
print("collect:", gc.collect() > 0)


class Phoenix(Node):
    def __del__(self):
        saved.append(self)


saved = []
Phoenix("back from the garbage")
gc.collect()
print("unreachable, and yet not deleted:", [node.name for node in saved])
