"""Large sets of ints, and what may come among them: equal numbers of other types, hashes that several ints share."""

import sys

P = 2 ** 61 - 1


class Same:
    """Equal to a number, with its hash; or to nothing."""

    def __init__(self, hash_, equal):
        self.hash, self.equal = hash_, equal

    def __hash__(self):
        return self.hash

    def __eq__(self, other):
        asked.append(self.hash)
        return self.equal


class Number(int):
    def __eq__(self, other):
        asked.append(int(self))
        return False

    __hash__ = int.__hash__


asked = []
probes = [0, 1, -1, -2, -3, 5, 4.0, 4.5, -1.0, True, False, P, P - 1, P + 1, P + 5, -P, -P - 1, 2 ** 62, 2 ** 64, "5", None, (5,), 1 + 0j]


def look(s):
    return "".join("01"[p in s] for p in probes)


def show(name, s):
    print(name, len(s), look(s), sum(x for x in s if type(x) is int) % 1000003)


plain = set(range(40))
show("plain", plain)
for more in (-1, -2, P, P + 5, 2 ** 62, -P - 1):
    changed = set(plain)
    changed.add(more)
    show(f"with {more}", changed)
    changed.discard(5)
    changed.remove(more)
    show("without", changed)

for value in (4.0, True, -1.0, "5", None, (5,), Number(100), Same(7, True), Same(7, False), Same(200, True)):
    grown = set(range(10))
    asked.clear()
    grown.add(value)
    grown |= set(range(20, 60))
    name = getattr(type(value), "__name__")
    print(name, len(grown), look(grown), 7 in grown, 200 in grown, 100 in grown, asked[:6])

mixed = set(range(100))
mixed.add(Same(50, False))
asked.clear()
print(50 in mixed, 150 in mixed, len(mixed), asked)
mixed.discard(50)
asked.clear()
print(50 in mixed, len(mixed), asked)

evens, threes = set(range(0, 3000, 2)), frozenset(range(0, 3000, 3))
for name, made in (("and", evens & threes), ("or", evens | threes), ("minus", evens - threes), ("xor", evens ^ threes),
                   ("copy", evens.copy()), ("frozen", frozenset(evens))):
    show(name, made)
    print(all((i in made) == (i in list(made)) for i in range(0, 60)), evens.isdisjoint(made), made <= evens)

evens |= {-1}
print(-1 in evens, -2 in evens, 0 in evens, P in evens)
evens.add(-2)
print(-1 in evens, -2 in evens)
evens.remove(-1)
print(-1 in evens, -2 in evens)

queue = set(range(500))
popped = 0
while len(queue) > 3:
    popped += queue.pop()
    if len(queue) % 100 == 0:
        queue.add(-len(queue))
print(popped, sorted(queue), 499 in queue, -2 in queue)
queue.clear()
queue.update(range(30))
print(29 in queue, 30 in queue, 29.0 in queue)

box = 1000
kept = {box + i for i in range(50)}
other = int("1005")
kept.add(other)
print(sys.getrefcount(other), next(x for x in kept if x == other) is other, len(kept))
print(sys.getrefcount(None) == sys.getrefcount(None))
