"""Operators whose operands are items and attributes: with values that change their types at the same places, containers that
die when they are read, operands that look at counts, and errors in the middle."""

import sys


class Point:
    def __init__(self, x, y=0):
        self.x = x
        self.y = y

    def sums(self, other):
        return (
            self.x + other.x, self.x - other.x, self.x * other.y, self.y * other.y + self.x, (self.x + other.x) * (self.y - other.y),
            self.x * other.x + self.y * other.y, self.x - other.x - other.y,
        )

    def bits(self, other):
        return self.x & other.x, self.x | other.y, self.x ^ other.x, self.x % other.x, (self.x & other.y) + 1

    def compare(self, other):
        found = ""
        if self.x < other.x:
            found += "l"
        if self.x <= other.y:
            found += "L"
        if self.x == other.x:
            found += "e"
        if self.x != other.y:
            found += "n"
        if self.x > other.x:
            found += "g"
        if self.y >= other.x:
            found += "G"
        while self.y > other.x:
            found += "w"
            break
        return found

    def divide(self, other):
        return self.x / other.x, (self.x / other.y) * 2


class Pair:
    __slots__ = ("a", "b")

    def __init__(self, a, b):
        self.a = a
        self.b = b


def pairs(p, q):
    return p.a.x + q.a.x, p.a.x * q.b.y, p.b.x - q.a.x, p.a.x + q.b.x * p.b.y


def items(p, q, i, j):
    a, b = p.x, q.x
    row = [a, b, a]
    grid = [row, [b, a, b], (a, b)]
    return (
        row[0] + row[1], row[0] - row[-1], row[i] * row[j], grid[0][1] + grid[1][0], grid[i][j] - grid[j][i], grid[1][i] * row[2],
        row[i] + grid[j][0], grid[2][0] + grid[2][1], row[0] * row[1] - row[1] * row[2],
    )


def computed(p, q):
    a, b = p.x, q.y
    row = [a, b]
    row[0] -= a * b
    row[1] += a + b
    p.y -= a * b
    return row, row[0] - a * b, row[1] * (a + b), p.y, p.x + a * b, p.x - a * b * 2, row[0] < a * b


def dying(p, q):
    a, b = p.x, q.x
    return (
        [a, b][0] + [b, a][0], Point(a).x * Point(b).x, (lambda: [a])()[0] - (lambda: [b])()[0], Point(a, b).y + p.x, p.x + Point(a, b).y,
        [a][0] + [a, b][1],
    )


def jumps(p, q, i, j):
    row = [p.x, q.x]
    grid = [row, [q.x, p.x]]
    found = ""
    if row[0] < row[1]:
        found += "a"
    if row[i] > row[j]:
        found += "b"
    if grid[0][1] == grid[1][0]:
        found += "c"
    if grid[i][j] <= grid[j][i]:
        found += "d"
    if p.x >= q.x:
        found += "e"
    return found


def attempt(function, *values):
    try:
        return function(*values)
    except Exception as error:
        return type(error).__name__, str(error)


VALUES = [
    (1, 2, 3, 4), (300, 400, 500, 600), (1.5, 2.5, -0.5, 4.0), (2**40, 2**50, 3, 2**30), (2**62, 2**62, 2**62, 5), (2**80, 3, 4, 2**90),
    (1, 2.5, 3, 4.5), (2.5, 1, 3.5, 1), ("a", "b", "c", "d"), (True, False, 3, 4), ([1], [2], [3], [4]), ((1,), (2,), (3,), (4,)), (None, 1, 2, 3),
    (1, None, 2, None), (1j, 2, 3.0, 4), (0, 0, 0, 0), (0.0, 0.0, -0.0, 0.0), (7, 0, 7, 0), ({1}, {2}, {3}, {4}), (1e308, 1e308, 10.0, -1e308),
]

for values in VALUES + VALUES[::-1]:
    for _ in range(3):
        p, q = Point(*values[:2]), Point(*values[2:])
        line = [attempt(function, p, q) for function in (Point.sums, Point.bits, Point.compare, Point.divide)]
        line += [attempt(pairs, Pair(p, q), Pair(q, p)), attempt(dying, p, q)]
        line += [attempt(function, p, q, i, j) for function in (items, jumps) for i, j in ((0, 1), (1, 0), (1, 1), (-1, 1))]
        line += [attempt(items, p, q, 5, 1), attempt(items, p, q, 1, "k"), attempt(computed, p, q)]
    print(values, *line, sep="\n  ")


class Counting:
    """Looks at the counts of both operands and changes where they stand."""

    def __init__(self, box=None):
        self.box = box

    def __add__(self, other):
        return sys.getrefcount(self), sys.getrefcount(other)

    def __radd__(self, other):
        if self.box is not None:
            self.box.x = None
            self.box.y = None
        return "r", sys.getrefcount(self), other

    __sub__ = __mul__ = __lt__ = __add__
    __rsub__ = __rmul__ = __gt__ = __radd__


number = 12345.5
for left, right in [(number, number), (Counting(), Counting()), (number, Counting()), (Counting(), number)] * 3:
    p, q = Point(left, right), Point(right, left)
    row = [left, right]
    print(p.x + q.x, row[0] + row[1], row[0] - row[1], p.y * q.x, p.x + row[1])
    if p.x < q.x:
        print("less")
print(sys.getrefcount(number))
for _ in range(4):
    p = Point(10.0**20 + _, 0)
    p.y = Counting(p)
    print(p.x + p.y, p.x)
    row = [Point(1.5), Point(2.5)]
    print(row[0].x + row[1].x, row[0].x * row[1].x - row[0].y, row[1].x - row[0].x * 2.0)


class Changing:
    """An attribute that is read in another way from some time on."""

    def __init__(self, x):
        self.x = x


def gap(a, b):
    return a.x - b.x


things = [Changing(5), Changing(7), Point(1.5), Pair(1, 2)]
for step in range(40):
    if step == 10:
        things[0].extra = 1
    if step == 20:
        Changing.x = property(lambda self: self.__dict__["x"] * 2, lambda self, value: None)
    if step == 30:
        del things[1].__dict__["x"]
    print(attempt(gap, things[0], things[1]), attempt(gap, things[step % 3], things[0]), attempt(gap, things[2], things[step % 4]), end=" ")
print()
