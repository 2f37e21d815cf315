"""Loops over zip and enumerate, unpacked at once, with iterators of many kinds at the same place."""
import sys


class Dies:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("end of", self.name)


def triples(*sources):
    out = []
    for a, b, c in zip(*sources):
        out.append((a, b, c))
    return out


def pairs(first, second):
    out = []
    for a, b in zip(first, second):
        out.append((a, b))
    return out


def numbered(source, start=0):
    out = []
    for n, x in enumerate(source, start):
        out.append((n, x))
    return out


def gen(n):
    for i in range(n):
        yield i * i


kinds = [lambda: [1, 2.5, "x", None], lambda: (10 ** 6, 10 ** 7, 10 ** 8), lambda: "hello", lambda: range(5), lambda: gen(6),
         lambda: {"a": 1, "b": 2, "c": 3}, lambda: iter([7, 8, 9]), lambda: [], lambda: map(str, [1, 2, 3])]
for one in kinds:
    print(numbered(one()), numbered(one(), 10 ** 18)[-1:], numbered(one(), 2 ** 63 - 2)[-3:])
    for other in kinds:
        print(pairs(one(), other()), triples(one(), other(), [1, 2, 3, 4]), triples((1, 2, 3), one(), other()))

it = iter(list(range(12)))
print(triples(it, it, it), pairs(it, it))
it = iter(list(range(12)))
print(triples(it, [0, 0, 0, 0], it))
items = [1, 2, 3]
for a, b, c in zip(items, (4, 5, 6, 7, 8), [9] * 10):
    if len(items) < 6:
        items.append(a * 10)
    print(a, b, c)
for a, b, c in zip(items, items, items):
    items.pop()
    print(a, b, c)
kept = []
for t in zip([1, 2, 3], [4, 5, 6], [7, 8, 9]):
    a, b, c = t
    kept.append(t)
print(kept)
for bad in (lambda: triples([1], [2]), lambda: triples([1], [2], [3], [4])):
    try:
        bad()
    except ValueError as e:
        print(e)
for n, (a, b) in enumerate(zip("ab", [1, 2])):
    print(n, a, b)


def ends():
    for a, b, c in zip([Dies("a1"), Dies("a2")], (Dies("b1"), Dies("b2")), [Dies("c1"), Dies("c2"), Dies("c3")]):
        print(a.name, b.name, c.name)
    print("loop is over")
    del a, b, c
    first, second, third = [Dies("d1"), Dies("d2")], [Dies("e1"), Dies("e2")], [Dies("f1"), Dies("f2")]
    for a, b, c in zip(first, second, third):
        first[0] = second[0] = third[0] = None
        print("inside", a.name)
    print("over again")


ends()


def counts():
    x, y, z = object(), object(), object()
    for a, b, c in zip([x] * 3, [y] * 3, (z, z, z)):
        print(sys.getrefcount(x), sys.getrefcount(y), sys.getrefcount(z))
    for n, a in enumerate((x, x, x), 1000):
        print(n, sys.getrefcount(x))


counts()
