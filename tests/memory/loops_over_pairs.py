"""Loops over pairs: counts, ends and changes of what is looped over."""
import sys


class Thing:
    def __init__(self, n):
        self.n = n

    def __del__(self):
        print("gone", self.n)


def refs(items):
    for a, b in zip(items, items):
        print(sys.getrefcount(a), sys.getrefcount(b), end=" ")
    print()
    for i, b in enumerate(items):
        print(i, sys.getrefcount(b), end=" ")
    print()
    for k, v in {n: item for n, item in enumerate(items)}.items():
        print(k, sys.getrefcount(v), end=" ")
    print()


refs([object() for _ in range(4)])
refs([10 ** 20 + n for n in range(3)])


def shrinking():
    things = [Thing(n) for n in range(5)]
    for a, b in zip(things, things):
        things[a.n] = None
        print("pair", a.n, b.n)
        del a, b
        if things[-1] is None:
            break
    print("end")


shrinking()


def growing():
    items = [1, 2, 3]
    out = []
    for i, x in enumerate(items):
        if len(items) < 8:
            items.append(x * 10)
        out.append((i, x))
    return out


print(growing())


def changing():
    d = {n: n for n in range(4)}
    try:
        for k, v in d.items():
            d[k] = v + 1
            if k == 2:
                d["new"] = 1
    except RuntimeError as error:
        print(error, d)


changing()


def uneven(a, b):
    first, second = iter(a), iter(b)
    out = [(x, y) for x, y in zip(first, second)]
    return out, list(first), list(second)


print(uneven([1, 2, 3, 4], [5, 6]), uneven([1, 2], [3, 4, 5, 6]), uneven([1, 2, 3], (4, 5, 6)))


def one_iterator():
    it = iter([1, 2, 3, 4, 5])
    out = []
    for a, b in zip(it, it):
        out.append((a, b))
    return out


print(one_iterator())


def kept():
    pairs = []
    for pair in zip([1, 2, 3], "abc"):
        pairs.append(pair)
    for a, b in enumerate(["x", "y", "z"], 2 ** 63 - 2):
        pairs.append((a, b))
    big = []
    for i, x in enumerate(list(range(300, 700))):
        big.append(i * x)
    return pairs, sum(big), len(set(map(id, big)))


print(kept())
