# Tuples that a young collection leaves out, with more references from young objects than its working counts hold.
import gc

gc.collect()
gc.disable()
leaf = (1, "text")
branch = (1, [])
holders = [[leaf, branch] for _ in range(40000)]
early = (2, "text")
for generation in (0, 0, 1, 1, 2):
    print(generation, gc.collect(generation), gc.is_tracked(leaf), gc.is_tracked(branch), gc.is_tracked(early))
# Garbage that holds such tuples, and is found by a young collection.
for generation in (0, 1, 2):
    ring = [(3, "text")]
    ring.append(ring)
    ring.extend((ring[0], leaf, branch) for _ in range(40000))
    del ring
    found = gc.collect(generation)
    print(generation, found > 0, gc.is_tracked(leaf), gc.is_tracked(branch))
del holders
print(gc.collect(), gc.is_tracked(leaf), gc.is_tracked(branch))

# Chains that are looked at from the wrong end, with classes that are young themselves.
def chain(n):
    class Node:
        def __init__(self, next):
            self.next = next

    head = None
    for _ in range(n):
        head = Node(head)
    return head


first = chain(500)
print(gc.collect(0), gc.collect(1))
first.next.next = first
del first
print(gc.collect(2) > 0)


class Noisy:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name, gc.is_finalized(self))


for generation in (0, 1, 2):
    a, b = Noisy("a"), Noisy("b")
    kept = Noisy("kept")
    a.other, b.other = b, a
    kept.me = kept
    del a, b
    print(gc.collect(generation), gc.collect(generation))
    del kept
    print(gc.collect())
