"""One place in the program that appends to lists, to others and to what has an attribute of that name."""
from collections import deque


class Log:
    def __init__(self):
        self.lines = []

    def append(self, item):
        self.lines.append(item)
        return "logged"


class Holder:
    def __init__(self, function):
        self.append = function


class Own(list):
    def append(self, item):
        super().append(item * 2)


class Plain(list):
    pass


def double(x):
    return x + x


def put(target, x):
    return target.append(double(x))


lists = [[] for _ in range(3)]
for target in lists * 4:
    print(put(target, 1), end=" ")
print(lists)
log, own, plain, waiting, seen = Log(), Own(), Plain(), deque(maxlen=2), []
targets = [lists[0], log, own, plain, waiting, Holder(seen.append), Holder(lambda x: "called"), bytearray()]
for _ in range(12):
    for target in targets:
        print(put(target, 3), end=" ")
    print()
print(lists[0], log.lines[-2:], own[-2:], plain[-2:], waiting, seen[-2:], targets[-1])
for bad in (None, 5, (1,), Holder(5)):
    try:
        put(bad, 1)
    except (AttributeError, TypeError) as e:
        print(e)
for _ in range(12):
    put(lists[1], 2)


def raising():
    raise KeyError("argument")


def put_nothing(target):
    target.append(raising())


for _ in range(3):
    try:
        put_nothing(lists[1])
    except KeyError as e:
        print("raised", e, end=" ")
print(len(lists[1]))


def last():
    return [].append(double(1)), [1].append(double(2))


print([last() for _ in range(3)])


def many(n):
    rows = []
    for i in range(n):
        rows.append(double(i))
        if i % 50 == 0:
            rows.append(double(str(i)))
    return rows


rows = many(200)
print(len(rows), rows[:4], rows[-2:])
