"""Lists that repeat objects, extended slices, and sets and dictionaries of ints at the bounds of hashes."""

import sys


class Noisy:
    def __init__(self, number):
        self.number = number

    def __del__(self):
        print("end of", self.number, end="; ")


def repeated():
    for count in (31, 33, 40, 64, 1000):
        one = Noisy(count)
        first, second, third = [one] * count, [one, None] * count, [None] * count + [one] + [None] * count
        print(sys.getrefcount(one), end=" ")
        del second, third
        print(sys.getrefcount(one), end=" ")
        del one, first
    print()
    last = [Noisy(1)] * 40 + [Noisy(2)] + [Noisy(1)]
    last[0] = last[21] = last[-1]
    del last
    print()


def slices():
    items = [Noisy(i) for i in range(9)]
    items[::2] = [None] * 5
    print()
    items[::-3] = [1, 2, 3]
    print(items[0], items[8], items[5], items[2])
    items[1::2] = items[::2][:4]
    print(items)
    one = Noisy(77)
    many = [one] * 1000
    many[::3] = [None] * 334
    print(sys.getrefcount(one))
    many[::2] = [one] * 500
    print(sys.getrefcount(one))
    many[998::-2] = [one, None] * 250
    print(sys.getrefcount(one), many[:4])
    many[5:5:2] = []
    try:
        many[::2] = [one]
    except ValueError as error:
        print(error)
    print(sys.getrefcount(one))
    del one, many
    print()


def numbers():
    bounds = [5, -1, -2, 2 ** 61 - 1, 0, 2 ** 61 - 2, 2 ** 61, -(2 ** 61)]
    print({i: -i for i in bounds * 3})
    stored = {}
    for i in bounds * 3:
        stored[i] = i
    print(stored == {i: i for i in bounds}, [i in stored for i in bounds + [1, 2 ** 62]])
    spread = set(range(100)) | set(bounds)
    for i in bounds * 2:
        spread.add(i)
    print(len(spread), [i for i in bounds + [100, 2 ** 62] if i in spread], [i for i in bounds + [100] if i not in spread])
    print(len({i * 7 % 600 for i in range(2000)}), len({i // 2: i for i in range(3000)}))
    emptied = {i: i for i in range(100)}
    for i in range(0, 100, 2):
        del emptied[i]
    for i in range(100):
        emptied[i] = i
    print(list(emptied)[:3], list(emptied)[-3:])
    mixed = {"a": 1}
    for i in range(5):
        mixed[i] = mixed[str(i)] = i
    mixed[True] = mixed[2.0] = "same"
    mixed[1, 2] = mixed[1, 2.0] = "pair"
    print(mixed, "a" in mixed, 3 in mixed, (True, 2) in mixed, 3.5 in mixed)


def algebra():
    a, b = set(range(0, 3000, 2)), set(range(0, 3000, 3))
    print(len(a & b), len(a | b), len(a - b), len(a ^ b), list(a ^ b)[:6])
    b |= {True, 0.5, "text"}
    print(len(a & b), len(a - b), len(b - a), len(a ^ b), 1 in a ^ b)
    a ^= set(range(3000))
    print(len(a), sys.getrefcount(max(a)) - sys.getrefcount(max(a)))


repeated()
slices()
numbers()
algebra()
