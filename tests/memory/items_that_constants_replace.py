"""Constants stored as items: what they replace ends at once, and what is no plain list is met as such."""
import sys


class Loud:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("ends", self.name, end="; ")


def clear(items, index):
    items[index] = None


def mark(items, indices):
    for i in indices:
        items[i] = "marked"
        print(i, end=" ")
    print(items)


class Own(list):
    def __setitem__(self, index, value):
        print("own", index, value, end=" ")
        super().__setitem__(index, value)


for _ in range(3):
    objects = [Loud("a"), Loud("b"), 1, 2.5, "text"]
    for i in range(-1, 4):
        clear(objects, i)
    print(objects)

mark([0, 0, 0], (0, 2, -1))
mark([0, 0], ())
mark({}, ("a", 1))
mark(Own([1, 2]), (1, 0))
mark(bytearray(2) and [1], (0,))
for items, index in (([1], 1), ([1], -2), ([1], "0"), ((1,), 0), (None, 0), (bytearray(1), 0), ([], 10 ** 30)):
    try:
        mark(items, (index,))
    except (IndexError, TypeError, ValueError) as e:
        print(type(e).__name__, e)
mark([0, 0], (True, False))
mark([[1], [2]], (slice(0, 0), slice(1, 2), 0) if False else (0,))

marker = 12345678
before = sys.getrefcount("a rare text that is a constant")


def fill(items):
    for i in range(len(items)):
        items[i] = "a rare text that is a constant"


row = [0] * 50
fill(row)
text = row[0]
print(all(item is text for item in row))
counted = sys.getrefcount(text)
fill(row)
print(sys.getrefcount(text) - counted)
row[10:] = []
print(sys.getrefcount(text) - counted)


class Watcher:
    """Changes the list while one of its items is replaced."""

    def __init__(self, items):
        self.items = items

    def __del__(self):
        self.items.clear()
        self.items.append("changed")


for _ in range(3):
    items = []
    items.extend([Watcher(items), 1, 2])
    clear(items, 0)
    print(items)
