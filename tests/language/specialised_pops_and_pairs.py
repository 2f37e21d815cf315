"""Pops, pairs and comparisons of names in hot code: errors, ends of objects and other types at the same place."""
import sys


class Loud:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("end of", self.name)


def drain(items):
    taken = []
    while items:
        taken.append(items.pop())
    return taken


class Pile(list):
    def pop(self, *args):
        return ("mine", super().pop(*args))


print(drain([1, 2, 3]), drain(list("abc")), drain([[], (), {}]))
for container in [list(range(20)), Pile([1, 2]), {3}, list(range(3)), bytearray(b"xy")]:
    print(drain(container))
for bad in [[], {}, None, 3]:
    try:
        for _ in range(3):
            bad.pop()
    except (IndexError, TypeError, AttributeError) as error:
        print(type(error).__name__, error)
sizes = []
stack = list(range(100))
while stack:
    stack.pop()
    sizes.append(sys.getsizeof(stack))
print(sizes == sorted(sizes, reverse=True), sizes[-1] == sys.getsizeof([]), len(set(sizes)) > 10)


def pop_last(n):
    for _ in range(n):
        [Loud("a popped item"), Loud("the list's item")].pop()


pop_last(2)


def pairs(source):
    first = second = None
    for item in source:
        first, second = item
    return first, second


print(pairs([(1, 2)] * 5), pairs([(1, 2), "ab", [3, 4], {5: 6, 7: 8}]))
for bad in [[(1, 2), (1, 2), (1,)], [(1, 2), (1, 2, 3)], [(1, 2), 5]]:
    try:
        pairs(bad)
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)
print(pairs([(Loud("first"), Loud("second")), (Loud("third"), 4), (5, 6)]))


def swap(n):
    a, b = Loud("a"), Loud("b")
    for _ in range(n):
        pair = b, a
        a, b = pair
    same = Loud("same")
    a = b = same
    del same, pair
    a, b = (1, 2)
    return a, b


print(swap(3))


def kind(word):
    if word == "alpha":
        return 1
    if word != "beta":
        return 2
    return 3


class Text(str):
    def __eq__(self, other):
        print("asked")
        return True

    __hash__ = str.__hash__


print([kind(word) for word in ["alpha", "beta", "gamma"] * 3])
built = "".join(["al", "pha"])
print(kind(built), kind(Text("x")), kind(7), kind(None), kind("".join(["be", "ta"])), kind("alpha"))
