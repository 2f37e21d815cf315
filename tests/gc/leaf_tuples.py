"""Tuples of atoms in young collections: untracked where they live on, counted where they are garbage with a cycle."""
import gc

gc.disable()
gc.collect()
kept = [(i, str(i)) for i in range(5)]
nested = [((i, i), (i,)) for i in range(5)]
holding = [(i, []) for i in range(3)]
print([gc.is_tracked(item) for item in kept + nested + holding])
print(gc.collect(0))
print([gc.is_tracked(item) for item in kept + nested + holding])
print([gc.is_tracked(part) for item in nested for part in item])
print(gc.collect(1))
print([gc.is_tracked(item) for item in nested])


def cycle(shared):
    ring = [(1, 2), ("a", "b", "c"), shared]
    ring.append(ring)


# Of the three tuples of a ring one lives on.
shared = ("shared", 1)
cycle(shared)
print(gc.is_tracked(shared), gc.collect(0), gc.is_tracked(shared))
shared = ("shared", 2)
for _ in range(4):
    cycle(shared)
print(gc.collect(1), gc.is_tracked(shared))


# A tuple that many garbage objects refer to, and one whose count is large.
popular = ("many", 1)
crowd = [popular] * 70000
crowd.append(crowd)
alone = ("many", 2)
others = [alone] * 70000
del popular, crowd
print(gc.collect(0), gc.is_tracked(alone))
del others, alone

# What a finalizer resurrects of a tuple's owner keeps the tuple.
class Owner:
    def __init__(self):
        self.items = (1, "one")
        self.me = self

    def __del__(self):
        saved.append(self.items)


saved = []
Owner()
print(gc.collect(0), saved, gc.is_tracked(saved[0]), gc.collect())
print(gc.get_count()[1:])
