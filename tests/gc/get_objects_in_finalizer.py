# While a collection takes garbage apart, that stands in no generation: gc.get_objects() and gc.get_referrers() do not
# show it.
import gc

gc.disable()


class Node:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        nodes = sorted(o.name for o in gc.get_objects() if isinstance(o, Node))
        print(self.name, nodes, [type(o).__name__ for o in gc.get_referrers(self) if type(o) is list])


class Keeper:
    def __del__(self):
        print("keeper", sorted(o.name for o in gc.get_objects() if isinstance(o, Node)))
        kept.append(self.node)


def ring(names):
    nodes = [Node(name) for name in names]
    for place, node in enumerate(nodes):
        node.before = [nodes[place - 1]]
    return nodes


kept = []
alive = Node("alive")
for generation in range(3):
    ring("abc")
    print(gc.collect(generation))

# Objects that nothing but garbage refers to, and that are older, end while it is cleared.
old = Node("old")
gc.collect()
nodes = ring("xyz")
nodes[1].old = old
del nodes, old
print(gc.collect(0))

nodes = ring("pq")
keeper = Keeper()
keeper.node = nodes[0]
nodes[1].keeper = keeper
del nodes, keeper
print(gc.collect(1))
print([node.name for node in kept])
kept.clear()
print(gc.collect())
del alive
