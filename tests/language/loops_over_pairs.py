"""Loops that unpack pairs of lists, enumerate, zip and items: values, counts, faults and the order of ends."""

import sys


class Noisy:
    def __init__(self, number):
        self.number = number

    def __del__(self):
        print("end of", self.number)


def over_lists():
    pairs = [(i, str(i)) for i in range(600)]
    taken = []
    for a, b in pairs:
        taken.append((a, b))
    print(taken == pairs, [a + len(b) for a, b in pairs][-3:])
    print([(a, b) for a, b in [(1, 2), [3, 4], "ab", (5, 6), {7: 0, 8: 0}]])
    for wrong in ((3, 4, 5), 7, (9,)):
        try:
            for a, b in [(1, 2), wrong]:
                print(a, b, end=" ")
        except (TypeError, ValueError) as error:
            print(error, a, b)
    growing = [(1, 2)]
    for a, b in growing:
        if a < 5:
            growing.append((a + 1, b * 2))
    print(growing, a, b)


def ends():
    pairs = [(Noisy(i), Noisy(10 + i)) for i in range(3)]
    for a, b in iter(pairs):
        print("at", a.number)
        pairs[a.number] = None
    a = b = None
    same = Noisy(99)
    for a, b in [(same, same)] * 3:
        print(sys.getrefcount(same))
    same = None
    print("both go")
    for a, b in [(1, 2)]:
        print("in the loop")


def over_enumerate():
    items = [object() for _ in range(600)]
    print({sys.getrefcount(item) for _, item in enumerate(items, 250)})
    numbers = []
    for i, item in enumerate(items, 250):
        numbers.append(i)
    print(numbers == list(range(250, 850)))
    for i, item in enumerate(items, 300):
        kept = i
    print(i, kept, i is kept, sys.getrefcount(item))
    identities = {}
    for i, item in enumerate(items, 1000):
        identities[id(i)] = i
    print(set(identities.values()) <= set(range(1000, 1600)))
    chained = [0] * 600
    for i, value in enumerate(chained, 250):
        if i < 849:
            chained[i - 249] = i
    print(chained[:4], chained[-3:], i, value)
    print([i for i, _ in enumerate("abc", 2 ** 63 - 2)])


def over_others():
    items = [object() for _ in range(400)]
    print(all(a is b for a, b in zip(items, items)))
    for a, b in zip(items, items):
        pass
    print(sys.getrefcount(a))
    for a, b in zip(items, reversed(items)):
        pass
    print(sys.getrefcount(a), sys.getrefcount(b))
    table = {i: str(i) for i in range(1000)}
    total = 0
    for key, value in table.items():
        total += key + len(value)
    print(total, sys.getrefcount(value))
    for key, value in table.items():
        table[key] = key = value = None
    print(set(table.values()))


over_lists()
ends()
over_enumerate()
over_others()
