"""Starred unpacking of lists and tuples themselves, and of what only looks like them."""
import sys


class Told:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name)


class Own(list):
    def __iter__(self):
        return iter("own")


class Row(tuple):
    def __iter__(self):
        yield from (7, 8, 9)


def each(source):
    for turn in range(6):
        first, *rest = source
        *front, last = source
        one, *middle, two = source
        (*everything,) = source
    print(type(source).__name__, first, rest, front, last, one, middle, two, everything)


for source in [1, 2], (1, 2), [1, 2, 3, 4], (1, 2, 3, 4), list(range(9)), Own([1, 2]), Row((1, 2)), "text", {1: 2, 3: 4}, range(5):
    each(source)


def too_few(source):
    try:
        a, *b, c, d = source
    except ValueError as error:
        print(type(source).__name__, error)


for source in [], (), [1], (1, 2), [1, 2], "ab", Own([1, 2, 3]), {}, iter([1]):
    too_few(source)
try:
    a, *b = 5
except TypeError as error:
    print(error)


def counts():
    item = object()
    row = [item, item, item]
    for turn in range(4):
        a, *b = row
        before = sys.getrefcount(item)
        b.clear()
        print(before - sys.getrefcount(item), sys.getrefcount(row) - sys.getrefcount([]), b is not row)
    pair = (item, item)
    a, *b = pair
    print(type(b), b == [item], sys.getrefcount(pair) - sys.getrefcount([]))


counts()


def last_reference():
    a, *b = [Told("a"), Told("b"), Told("c")]
    print("unpacked", a.name, [told.name for told in b])
    a, *c = (Told("x"), Told("y"))
    print("again", a.name, [told.name for told in c])
    del b
    print("b is gone")


last_reference()


def swaps(row):
    for turn in range(5):
        row[0], *row[1:] = row[::-1]
    return row


print(swaps([1, 2, 3, 4]))


def nested():
    for turn in range(5):
        (a, *b), *c = [[1, 2, 3], (4, 5), 6]
    match [1, 2, 3, 4]:
        case [first, *rest, last]:
            print(first, rest, last)
    print(a, b, c)


nested()
big = tuple(range(1000))
a, *b, c = big
print(a, len(b), c)
