"""Loops over pairs whose variables are global ones: what the tuple of the iterator holds meanwhile, and when it ends."""
import sys


class Thing:
    def __init__(self, n):
        self.n = n

    def __repr__(self):
        return f"Thing({self.n})"

    def __del__(self):
        print("gone", self.n)


things = [object() for _ in range(4)]
for a, b in zip(things, things):
    print(sys.getrefcount(a), sys.getrefcount(b), end=" ")
print()
for i, b in enumerate(things, 300):
    print(i, sys.getrefcount(i), sys.getrefcount(b), end=" ")
print()
for k, v in dict(enumerate(things, 300)).items():
    print(k, sys.getrefcount(k), sys.getrefcount(v), end=" ")
print()

# One object in both places, which ends when the pair is replaced.
things = [Thing(n) for n in range(4)]
for a, b in zip(things, things):
    things[a.n] = None
    print("pair", a.n, b.n)
    del a, b
    if things[-1] is None:
        break
print("end of the loop")

# Things that are made for the loop alone, and numbers that are kept.
for a, b in zip([Thing(n) for n in range(10, 14)], (Thing(n) for n in range(20, 24))):
    print(a, b)
print("made")
for a, b in zip([Thing(n) for n in range(30, 33)], (Thing(n) for n in range(40, 43))):
    pass
kept = []
for i, thing in enumerate([Thing(n) for n in range(50, 54)], 1000):
    kept.append(i)
    if i % 2:
        kept.append(id(i) == id(kept[-1]))
    del thing
print(kept)
for i, x in enumerate((x * 1000 for x in range(4)), 2 ** 63 - 2):
    print(i, x)
for i, x in enumerate([5.5, 1000, "a", None], -7):
    print(i, x, end=" ")
for k, v in {1000: 2.5, "a": 2000, (1,): [1]}.items():
    print(k, v, end=" ")
print()
pairs = []
for pair in zip([1, 2], [3, 4]):
    pairs.append(pair)
for x, x in zip([Thing(1), Thing(2)], [Thing(3), Thing(4)]):
    print(x)
a = b = x = None
print(pairs)
