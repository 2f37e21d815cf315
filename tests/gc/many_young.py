# The youngest generation when it is long, because nothing is collected: its members, and their order.
import gc, weakref

gc.collect()
gc.disable()
order = []


class Node:
    __slots__ = ("link", "number", "__weakref__")

    def __init__(self, number):
        self.number, self.link = number, None


class Last(Node):
    __slots__ = ()

    def __del__(self):
        order.append(self.number)


def made(count, keep):
    """So many nodes, of which every few are kept; those that are not and do not refer to themselves die at once."""
    kept = []
    for number in range(count):
        node = (Last if number % 5_000 == 7 else Node)(number)
        if number % 3 == 0 or type(node) is Last:
            node.link = node
        if number % keep == 0:
            kept.append(node)
    return kept


kept = made(300_000, 2)
print(len(kept), order[:3], len(order))
print(gc.collect(0), order == sorted(order), len(order), order[:4], order[-2:])
order.clear()
print(gc.collect(0), gc.collect(1), order)
watched = []
refs = [weakref.ref(node, lambda ref, number=node.number: watched.append(number)) for node in kept[::10_000] if node.link]
del kept
gc.collect()
print(sorted(watched), len(order))
order.clear()

print("# died in between, and others took their blocks")
first = made(200_000, 1)
del first[::2]
second = made(200_000, 4)
numbers = [node.number for node in first[:3] + second[:3]]
del first[::3], second[1::2]
print(len(first), len(second), numbers, gc.collect(0), len(order), sum(place * number for place, number in enumerate(order)))
order.clear()
del first, second
print(gc.collect(), order)
order.clear()

print("# old ones, then young ones in cycles with them")
old = made(100_000, 1)
gc.collect()
young = made(100_000, 1)
for one, other in zip(old, young):
    one.link, other.link = other, one
del one, other
print(gc.collect(0), len(old), len(young))
del old, young
print(gc.collect(0), gc.collect(1), gc.collect(2), len(order))
print(gc.get_count()[1:], len(gc.get_objects(generation=0)) < 100)
