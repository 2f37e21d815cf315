"""One loop over containers of many kinds, one after the other: what a jump back has learnt need not hold."""
import sys


def items(source):
    seen = []
    for item in source:
        seen.append(item)
    return seen


def pairs(source):
    seen = []
    for first, second in source:
        seen.append((first, second))
    return seen


def nested(rows):
    total = []
    for row in rows:
        for item in row:
            if item == "skip":
                continue
            if item == "stop":
                break
            total.append(item)
        else:
            total.append("end")
    return total


KINDS = [
    (1, 2, 3), [4, 5, 6], "seven", range(3), {"a": 1, "b": 2}, {"a": 1}.values(), {9}, iter((1, 2)), "é\u20ac", b"ab",
    (), "", [], enumerate("xy"), zip("ab", "cd"), (n for n in range(3)), reversed([1, 2]), (None,) * 5, "z" * 5,
]
PAIRS = [
    [(1, 2), (3, 4)], ((5, 6), (7, 8)), ["ab", "cd"], [[1, 2], [3, 4]], {1: 2}.items(), enumerate("ab"), zip("ab", "cd"),
    ["ef", (1, 2), [3, 4]], [(1, 2), "gh"], ("ij", "kl"), [(n, n) for n in range(4)], iter([(1, 2)]),
]
for turn in range(3):
    for kind in KINDS:
        if turn == 0 or not hasattr(kind, "__next__"):
            print(type(kind).__name__, items(kind))
    for kind in PAIRS:
        if turn == 0 or not hasattr(kind, "__next__"):
            print(type(kind).__name__, pairs(kind))
print(nested([(1, 2), "ab", [3, "skip", 4], (5, "stop", 6), "", range(2), (7, 8)] * 3))

for bad in [(1, 2), 3], [(1, 2), (3, 4, 5)], [(1, 2), (3,)], [(1, 2), "a"]:
    try:
        pairs(bad)
    except (TypeError, ValueError) as error:
        print(error)


def grows():
    row = [(0, 1)]
    for a, b in row:
        if len(row) < 5:
            row.append((b, a + b))
    return row


print(grows(), grows())


class Told:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name)


def finalizers():
    for told in (Told("a"), Told("b")):
        print("see", told.name)
    told = None
    for first, second in [(Told("c"), Told("d")), (Told("e"), Told("f"))]:
        print("see", first.name, second.name)
    first = second = None
    print("end")


finalizers()


def counts():
    mark = object()
    before = sys.getrefcount(mark)
    for item in (mark,) * 4:
        inside = sys.getrefcount(mark) - before
    for first, second in [(mark, mark)] * 4:
        both = sys.getrefcount(mark) - before
    del item, first, second
    return inside, both, sys.getrefcount(mark) - before


print(counts(), counts())
