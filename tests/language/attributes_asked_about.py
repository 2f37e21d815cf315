"""Attributes of which only the truth is asked, or whether they are None."""
import sys


class Plain:
    pass


class Slotted:
    __slots__ = ("value", "count")


class Falsy:
    def __bool__(self):
        print("asked")
        return False


class Sized:
    def __init__(self, length):
        self.length = length

    def __len__(self):
        return self.length


class Wrong:
    def __bool__(self):
        return 5


class Number(int):
    def __bool__(self):
        print("number asked")
        return False


def answers(o):
    found = []
    if o.value is None:
        found.append("None")
    if o.value is not None:
        found.append("not None")
    if o.value:
        found.append("true")
    if not o.value:
        found.append("false")
    found.append(1 if o.value is None else 2)
    found.append(1 if o.value else 2)
    found.append(o.value is None or o.value)
    found.append(o.value and 7)
    found.append(o.value or 8)
    turns = 0
    while o.value and turns < 2:
        turns += 1
    while o.value is not None and turns < 4:
        turns += 1
    found.append(turns)
    return found


VALUES = [
    None, True, False, 0, 1, -5, 10**30, 2**63, 0.0, 1.5, "", "x", [], [0], (), (0,), {}, {1: 2}, set(), {1}, b"", b"a", object,
    Falsy(), Sized(0), Sized(2), Number(3), len, range(0), range(2), float("nan"), 0j, ...,
]
for kind in Plain, Slotted:
    o = kind()
    for turn in range(2):
        for value in VALUES:
            o.value = value
            print(kind.__name__, type(value).__name__, [type(found).__name__ if callable(found) or isinstance(
                found, (Falsy, Sized)) else found for found in answers(o)])


def fails(o):
    texts = []
    for turn in range(12):
        try:
            if o.value:
                pass
        except (AttributeError, TypeError) as error:
            texts.append(f"{type(error).__name__}: {error}")
        try:
            if o.value is None:
                pass
        except AttributeError as error:
            texts.append(f"{type(error).__name__}: {error}")
    return sorted(set(texts))


for kind in Plain, Slotted:
    o = kind()
    o.value = 1
    print(fails(o))
    o.value = Wrong()
    print(fails(o))
    del o.value
    print(fails(o))
    o.value = None
    print(fails(o))


class Later:
    def __init__(self):
        self.value = None


def changes(o):
    seen = []
    for turn in range(30):
        if turn == 15:
            Later.value = property(lambda self: turn)
        if turn == 20:
            del Later.value
            Later.__getattribute__ = lambda self, name: [name]
        if turn == 25:
            del Later.__getattribute__
        seen.append((1 if o.value else 0) + (2 if o.value is None else 0))
    return seen


print(changes(Later()))


class Told:
    def __del__(self):
        print("told goes")


def counts():
    o = Plain()
    o.value = value = Told()
    before = sys.getrefcount(value), sys.getrefcount(o), sys.getrefcount(None), sys.getrefcount(True)
    for turn in range(1000):
        if o.value is None:
            print("never")
        if not o.value:
            print("never")
        o.count = turn % 2 == 0
        if o.count:
            pass
    after = sys.getrefcount(value), sys.getrefcount(o), sys.getrefcount(None), sys.getrefcount(True)
    print(before == after)
    del value
    print("only the attribute")
    if o.value is not None:
        o.value = None
    print("end")


counts()


class Node:
    def __init__(self, key):
        self.key = key
        self.left = self.right = None

    def insert(self, key):
        if key < self.key:
            if self.left is None:
                self.left = Node(key)
            else:
                self.left.insert(key)
        elif self.right is None:
            self.right = Node(key)
        else:
            self.right.insert(key)

    def walk(self):
        if self.left is not None:
            yield from self.left.walk()
        yield self.key
        if self.right:
            yield from self.right.walk()


tree = Node(50)
for number in range(1, 100):
    tree.insert(number * 37 % 101)
print(list(tree.walk()))
