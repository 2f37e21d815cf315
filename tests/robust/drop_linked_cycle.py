# stress: skip
import gc
gc.disable()
gc.collect()


class Node:
    __slots__ = ("next",)


first = last = Node()
for _ in range(300000):
    n = Node()
    n.next = last
    last = n
first.next = last
del first, last, n
print(gc.collect())
l = first = []
for _ in range(300000):
    l = [l]
first.append(l)
del l, first
print(gc.collect())
