"""Items of a list that change places, in a loop that has done so before; sums with results of calls."""
import sys


def swap(a, pairs):
    for i, j in pairs:
        a[i], a[j] = a[j], a[i]
    return a


print(swap(list("abcdef"), [(0, 1), (2, 3), (5, 0), (-1, 0), (-6, -5), (3, 3), (True, False), (0, 5)]))


class Item:
    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return self.name

    def __del__(self):
        print("end of", self.name)


items = [Item("a"), Item("b"), Item("c")]
before = [sys.getrefcount(item) for item in items]
swap(items, [(0, 2), (1, 2), (0, 1)] * 3)
print(items, sorted([sys.getrefcount(item) for item in items]) == sorted(before))
del items

# Which index is out of range, and what has been done by then.
for pairs in [(0, 1), (0, 3)], [(0, 1), (3, 0)], [(0, 1), (-4, 0)], [(0, 1), (0, -4)], [(0, 1), (2**70, 0)], [(0, 1), (0, "x")], [(0, 1), (None, 1)]:
    a = [1, 2, 3]
    try:
        swap(a, [(0, 1)] * 5 + pairs)
    except (IndexError, TypeError) as error:
        print(type(error).__name__, error, a)


class Loud(list):
    def __getitem__(self, index):
        print("get", index)
        return super().__getitem__(index)

    def __setitem__(self, index, value):
        print("set", index, value)
        super().__setitem__(index, value)


def swap_in_all(lists, i, j):
    for a in lists:
        a[i], a[j] = a[j], a[i]
    return lists


print(swap_in_all([[1, 2], [3, 4], [5, 6], Loud([7, 8]), {0: "x", 1: "y"}, bytearray(b"ab"), [9, 10]], 0, 1))


def not_quite(a, b, n):
    for i in range(n - 1):
        a[i], a[i + 1] = a[i + 1], a[i]
        a[i], b[i] = b[i], a[i]
        a[i], a[i] = a[i + 1], a[i]
        j = i + 1
        a[j], a[i] = a[i], a[j]
        a[i], a[j] = a[i], a[j]
    return a, b


print(not_quite([*range(6)], [*range(10, 16)], 6))


def unbound(a):
    for k in range(9):
        if k < 8:
            i, j = 0, 1
        else:
            del j
        a[i], a[j] = a[j], a[i]


a = [1, 2]
try:
    unbound(a)
except UnboundLocalError as error:
    print(error, a)


# Sums with what a call returns.
def identity(x):
    return x


def summed(values, total):
    for value in values:
        total += identity(value)
        total = total + identity(value)
    return total


print(summed([1, 2, 300, 400], 0), summed([1.5, 2.5], 0.25), summed([2**62, 2**62, 1], 1), summed([1, 2.5, True], 1))
print(summed(["a", "b"], "c"), summed([[1], [2]], []), summed([-5, 1, 2**70], 4))
try:
    summed([1, 2, 3, "x"], 1)
except TypeError as error:
    print(error)


def never_set(n):
    for i in range(n):
        if i == n - 1:
            del total
        elif i == 0:
            total = 0
        total += identity(i)


try:
    never_set(8)
except UnboundLocalError as error:
    print(error)


# Frames of several registers, left in the middle of a loop too.
def four(a, b, c, d):
    return d


def five(a, b, c, d):
    e = a, b
    return e


def six(a, b, c, d):
    e, f = [a], [b]
    for e in c, d:
        if e:
            return f
    return e


one, two = Item("one"), Item("two")
for _ in range(3):
    print(four(one, two, 1000, 2.5), five(one, two, Item("three"), 5000), six(one, two, 0, Item("four")), six(one, two, 0, 0))
print(sys.getrefcount(one), sys.getrefcount(two))
