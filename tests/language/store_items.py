"""Items are stored in containers that are variables or temporaries, at constants and at keys that are computed."""
import sys


class Noisy:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("end of", self.name)


class Holder:
    pass


class Picky:
    def __setitem__(self, key, value):
        print("set", key, value)

    def __getitem__(self, key):
        return (key,) if isinstance(key, tuple) else 10


class Rows(list):
    def __setitem__(self, key, value):
        print("rows", key, value)
        super().__setitem__(key, value)


def lists():
    h = Holder()
    h.items = [0, 1.5, None]
    grid = [[1, 2], [3, 4]]
    for i in range(60):
        h.items[0] = i
        h.items[1] += 0.5
        h.items[-1] = h.items[0] * 2
        grid[1][0] = i
        grid[1][1] += i
        grid[i % 2][i % 2] = h.items[2] + 1
        grid[i % 2][1] -= 1
        plain = h.items
        plain[0] -= 1
        plain[2] = plain[0] + plain[1]
    print(h.items, grid)
    for container in ([1, 2], [1], (1, 2), "text", {}, Picky(), Rows([5, 6])):
        for key in (0, 1):
            try:
                if key:
                    container[1] = 7
                    container[1] += 7
                else:
                    container[0] = 7
                    container[0] += 7
            except Exception as error:
                print(type(error).__name__, error)
        print(type(container).__name__)


def slices():
    row = list(range(8))
    for i in range(3):
        row[1:3] = [i]
        row[-1:] = "ab"
        row[::3] = [9] * len(row[::3])
    print(row)


def dicts():
    h = Holder()
    h.table = {}
    d = {"a": 1, "b": 2.5}
    for i in range(60):
        d["a"] = i
        d["b"] += 0.5
        d["c" if i % 3 else "d"] = i
        h.table["x"] = i
        h.table["y"] = d["a"] + 1
        h.table["x"] += 2
        h.table[5] = [i]
        if i % 7 == 0:
            del h.table["y"], d["b"]
            d["b"] = i * 0.25
    print(d, h.table)
    fresh = []
    for i in range(40):
        one = {}
        one["k"] = i
        one["l"] = one["k"] * 0.5
        one[0] = one
        fresh.append(one["l"])
        one.clear()
    print(fresh[-3:])


def ends():
    h = Holder()
    h.items = [None]
    h.table = {}
    for i in range(12):
        h.items[0] = Noisy(f"item {i}")
        h.table["n"] = Noisy(f"value {i}")
        (lambda: [Noisy(f"lost {i}")])()[0] = i
        (lambda: {"k": Noisy(f"gone {i}")})()["k"] = i
    h.items[0] = h.table["n"] = None


class Watcher:
    def __init__(self, where):
        self.where = where

    def __del__(self):
        print(sys.getrefcount(self.where.items), type(self.where.items).__name__)
        del self.where.items


def last_holder():
    h = Holder()
    for i in range(10):
        h.items = [Watcher(h), 2]
        h.items[0] = i
        print(hasattr(h, "items"))
        h.items = [1, Watcher(h)]
        h.items[i * 0 + 1] = i


def counts():
    value = object()
    row, table, h = [None], {"v": None}, Holder()
    h.items = [None]
    for i in range(20):
        row[0] = value
        table["v"] = value
        h.items[0] = value
    print(sys.getrefcount(value), sys.getrefcount(row), sys.getrefcount(h.items))
    row[0] = table["v"] = h.items[0] = 0
    print(sys.getrefcount(value))


def changing(box, value):
    box[0] = value
    box[0] += value
    return box[0]


lists()
slices()
dicts()
ends()
last_holder()
counts()
for box, value in [([1], 2), ({0: 1}, 2), ([1], 2.5), ({0: "a"}, "b"), (Picky(), 3), ({}, [1])] * 12:
    changing(box, value)
print(changing([0], 4), changing({}, "c"))
try:
    changing((1,), 2)
except TypeError as error:
    print(error)
try:
    changing([], 2)
except IndexError as error:
    print(error)


class Node:
    def __init__(self, value):
        self.value = value
        self.next = None


class Slotted:
    __slots__ = ("value", "next")

    def __init__(self):
        self.value = 0
        self.next = None


class Meta(type):
    def __instancecheck__(cls, instance):
        return instance == 3


class Odd(metaclass=Meta):
    pass


class Liar:
    @property
    def __class__(self):
        return int


class Sized:
    def __init__(self, n):
        self.n = n

    def __len__(self):
        return self.n


def attributes():
    node, other = Node(1), Slotted()
    node.next, other.next = Node(2), Slotted()
    node.next.next = Node(3)
    nodes = [node, Node(9)]
    for i in range(60):
        node.next.value = i
        node.next.next.value += 1.5
        other.next.value = i * 2
        other.next.value += 1
        nodes[i % 2].value = i
        nodes[1].value += nodes[0].value
        node.next.extra = Noisy(f"extra {i}") if i < 3 else None
        if i % 10 == 0:
            nodes[1] = Node(0)
            nodes[1].late = i
            del node.next.value
            node.next.value = 5
    print(node.next.value, node.next.next.value, other.next.value, nodes[0].value, nodes[1].value, nodes[1].late)
    for i in range(10):
        # The old value of the attribute ends the object that it is an attribute of.
        node.next.next = Watcher(Holder())
        node.next.next.where.items = node
        node.next.next = None
    for i in range(40):
        for thing in (node, other, Holder(), node.next):
            thing.next = Holder()
            thing.next.late = i
            thing.next.late += 1
    print(thing.next.late)


def truths():
    things = [0, 1, 0.0, 0.5, "", "a", (), (1,), [], [0], {}, {1: 2}, set(), {1}, frozenset(), None, True, False,
              object(), Node(1), Sized(0), Sized(2), b"", b"x", range(0), range(3), 10 ** 30, len, int, 1j, 0j]
    for _ in range(12):
        line = ""
        for thing in things:
            box = [thing]
            if thing:
                line += "1"
            if not box[0]:
                line += "0"
            line += "ab"[bool(thing and 1)]
    print(line)


def identities():
    a, b = Node(1), Node(2)
    for i in range(12):
        a.value = b.value = i * 1000
        row = [a.value is b.value, a.next is b.next, a is b, a is not b, Node(1) is Node(2), [] is not [], a.next is None]
        b.value = i * 1000.0
        row += [b.value is b.value, a.value is b.value, (lambda: a)() is (lambda: a)()]
    print(row)
    print([Noisy("left") is Noisy("right") for _ in range(2)])


def classes():
    things = [1, True, "a", 1.5, [], Node(1), Liar(), Sized(1), Odd(), type, Node, None, KeyError("x"), Rows()]
    for _ in range(12):
        names = [thing.__class__.__name__ for thing in things] + [type(thing).__name__ for thing in things]
        bases = [isinstance(thing, list) for thing in things] + [isinstance(thing, (int, str, Odd)) for thing in things]
        more = [isinstance(thing, object) for thing in things] + [isinstance(thing, (bool, (list, Node))) for thing in things]
        last = [isinstance(thing, Odd) for thing in things] + [isinstance(thing, LookupError | int) for thing in things]
    print(names, bases, more, last, sep="\n")
    for wrong in (5, (int, 5), [int], (int, [str])):
        for thing in (1, "a"):
            try:
                print(isinstance(thing, wrong))
            except TypeError as error:
                print(error)
    for i in range(6):
        Node.__class__, Node.__name__
        if i == 3:
            Node.__name__ = "Renamed"
        print(Node(1).__class__.__name__, Node(1).__class__ is Node, Node.__qualname__)


attributes()
truths()
identities()
classes()
