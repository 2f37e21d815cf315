# A collection begins in the finalizer of an object that dies deep inside others: what its own finalizers let die
# is gone when it comes to that, and dies once.
import gc

gc.disable()
log = []


class Node:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        log.append(self.name)
        self.other = None


class Last:
    def __del__(self):
        log.append("last")
        log.append(gc.collect())
        log.append(len([o for o in gc.get_objects() if isinstance(o, Node)]))


def run(depth, pairs):
    for number in range(pairs):
        x = Node(("x", number))
        y = Node(("y", number))
        x.other = y
        y.rest = [x]
        y.nest = [[[y]]]
        y.nest = None
    del x, y
    held = Last()
    for _ in range(depth):
        held = [held]
    del held
    print(depth, log)
    log.clear()
    print(gc.collect(), log)


for depth in (0, 10, 40, 45, 47, 48, 49, 50, 51, 52, 60, 100, 200):
    run(depth, 3)
