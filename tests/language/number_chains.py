"""Expressions of several operations on numbers, where intermediate results go from one operation to the next: with values
that change their types at the same places, overflow, errors, and operands that are no numbers."""

import sys


def ints(a, b, c):
    return (
        a * b + c, c + a * b, a * b - c, c - a * b, (a + b) * c, c * (a + b), (a - b) & c, c | (a ^ b), (a & b) ^ c,
        (a + 1) * 2 - 3, ((a + b) << 3) >> 1, (a * b) % (c or 1), (a + b) % 7, (a - b) // 3, a - (b - c), a - (b - (c - 1)),
    )


def floats(a, b, c):
    return (
        a * b + c, c + a * b, a * b - c, c - a * b, (a + b) * c, c / (a * a + 1.0), (a - b) / 2.0, a - (b - c),
        a * a + b * b, (a + b) * (a - b), 2.0 * a * b + c, (a + 1) * 0.5 - 3, a - (b - (c - 1.0)), (a * b) ** 2,
    )


def compare(a, b, c):
    found = []
    if a * b < c:
        found.append(1)
    if c < a * b:
        found.append(2)
    if a + b == c:
        found.append(3)
    if a - b >= 0:
        found.append(4)
    if a * a + b * b > 4.0:
        found.append(5)
    if (a + b) % 3 == 1:
        found.append(6)
    while a + b < c:
        a += 1
    return found, a


VALUES = [
    (1, 2, 3), (300, 400, 500), (-7, 5, 2), (0, 0, 0), (2**40, 2**30, 12), (2**62, 2, -(2**62)), (2**70, 3, 5), (True, 2, 3),
    (2.5, 1.5, -1.0), (1, 2.5, 3), (2.5, 2, 3), (1e308, 10.0, 1.0), (float("inf"), 0.0, 1.0), (-0.0, 0.0, -0.0),
]


def attempt(function, values):
    try:
        return function(*values)
    except Exception as error:
        return type(error).__name__, str(error)


for _ in range(3):
    for values in VALUES:
        print(values, attempt(ints, values), attempt(floats, values), attempt(compare, values))


# What is no number gets the other operand as the object that it is.
class Odd:
    def __radd__(self, other):
        return "radd", other

    def __rsub__(self, other):
        return "rsub", other

    def __rmul__(self, other):
        return "rmul", other

    def __add__(self, other):
        return "add", other

    def __lt__(self, other):
        return "lt", other

    def __gt__(self, other):
        print("gt", other)
        return True


def mixed(a, b, odd):
    return a * b + odd, a + b - odd, (a - b) * odd, odd + a * b, "yes" if a * b < odd else "no"


for values in [(3, 4, 5), (1.5, 2.0, 3.0), (3, 4, Odd()), (1.5, 2.0, Odd()), (1000, 1000, Odd()), (3, 4, 5), (3, 4, "text")]:
    for _ in range(4):
        print(attempt(mixed, values))


# A result that comes to an operation from two places.
def branches(flag, a, b, c):
    return (a * b if flag else a - b) + c, c - (a + b if flag else a * b), (a * b if flag else c) * 2


for i in range(12):
    print(branches(i % 2, i, 300, 7), branches(i % 3, i * 0.5, 2.0, 1.0))


# Errors in the middle; the values before and behind are given back.
def fails(a, b, c):
    return a * b / c + a


def unbound(a, flag):
    if flag:
        b = 2
    return a * a + b


for c in (1.0, 2.0, 0.0, 4.0, "x", 0):
    print(attempt(fails, (1.5, 2.0, c)))
for flag in (1, 1, 0, 1):
    print(attempt(unbound, (300, flag)))


class Counted:
    def __rmul__(self, other):
        raise ValueError(f"no {other}")


counted = Counted()
for _ in range(5):
    try:
        (1000 + 2000) * counted
    except ValueError as error:
        print(error)
print(sys.getrefcount(counted))


# Evaluation from left to right, with names that change in between.
def order(log):
    def value(x):
        log.append(x)
        return x

    return value(500) * value(600) + value(700) * value(800) - value(900), log


for _ in range(3):
    print(order([]))


# At the edge of 64 bits.
def edge(a, b):
    return a + b + 1, a + b - 1, a * 2 + b, (a << 1) + b, a - b - 1, (a + b) & 0xFF, -a + b


for a in (2**62 - 1, 2**62, 2**63 - 1, -(2**63), -(2**62)):
    for b in (0, 1, -1, 2**62, -(2**63)):
        print(edge(a, b))

# Identity: a result that is kept is an object of its own.
x = 1000
y = x * 2 + 5
z = x * 2 + 5
print(y is z, y == z, id(y) == id(z))
i = id(y)
y += 1
print(id(y) == i)


# Signs, and items at computed places.
def signs(a, b, c):
    return a & -a, a + -b, -(a + b), -a * b, ~(a | b) & c, c & ~(a ^ b), -(-a), -(a * b) - c, [-a + b, a - -b]


def fractions(a, b, c):
    return a * -b, -(a + b) * c, -a / -c, c - -(a * b), -a < b, -(a * c) > b


def items(values, i):
    return values[i + 1], values[i - 1], values[i * 2 - 1], values[-i - 1] + values[i + 1], values[i + 1] * 2 - values[i]


for _ in range(3):
    for values in [(12, 5, 9), (300, -7, 1000), (2**63 - 1, 1, 1), (-(2**63), 3, 5), (True, 2, 3), (2**80, 3, 1)]:
        print(attempt(signs, values))
        print(attempt(fractions, values))
    print(attempt(fractions, (1.5, 2.5, 0.5)), attempt(fractions, (0.0, -0.0, 1.0)), attempt(signs, (1.5, 2.5, 1)))
    for i in (0, 1, 2, 3, 4, -1, -3, 2**62):
        print(attempt(items, ([10, 20, 300, 4000, 5], i)), attempt(items, ((1, 2, 3, 4, 5), i)), attempt(items, ("abcde", i)))
    print(attempt(items, ({-1: 1, 0: 2, 1: 3, 2: 4, -2: 5}, 1)))


# Numbers that are read right before they are used, and what takes their places later.
class Pair:
    def __init__(self, x, y):
        self.x = x
        self.y = y


def attributes(p, q):
    return p.x * q.y, p.x + p.y - q.x, -p.x, p.x - 1, 3 * p.y, 2.5 - p.x, p.x < q.x, 10 - q.y * p.x, [p.x + q.x] * 1


def places(values, i, other):
    return other + values[i], other * values[0], values[1] - other, other - values[-1], 7 * other, 0.5 * values[2], -values[i]


class Same:
    """Tells whether it gets the very object that stands in the place."""

    def __init__(self, known):
        self.known = known

    def __radd__(self, other):
        return "radd", other is self.known

    def __rmul__(self, other):
        return "rmul", other is self.known

    def __rsub__(self, other):
        return "rsub", other is self.known


def reflected(p, values, same):
    return p.x + same, values[0] * same, values[1] - same


big = 10**6
for _ in range(2):
    for x, y in [(3, 4), (1000, 2000), (1.5, 0.5), (2, 0.5), (True, 3), (2**63 - 1, 2), ("a", "b"), (2**70, 1), (4, 5)]:
        for _ in range(3):
            print(attempt(attributes, (Pair(x, y), Pair(y, x))))
            print(attempt(places, ([x, y, x], 1, y)), attempt(places, ((x, y, x), 0, x)))
    known = big + 1
    for _ in range(4):
        print(attempt(reflected, (Pair(known, 1), [known, known], Same(known))))
        print(attempt(reflected, (Pair(known, 1), [known, known], 5)))

p = Pair(big + 5, 1)
before = sys.getrefcount(p.x)
for _ in range(10):
    attributes(p, p)
    attempt(attributes, (p, Pair("text", None)))
print(sys.getrefcount(p.x) == before, p.x)
del p.y
print(attempt(attributes, (p, p)))
