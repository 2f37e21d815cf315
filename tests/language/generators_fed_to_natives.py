"""Generators that native code and the loops of any() and all() step: what is seen from inside and outside, item by item."""

import sys


def letters():
    yield "a"
    yield "bc"
    yield "a"


# A list that is extended by a generator is seen to grow by it.
def watching(target):
    for i in range(7):
        yield len(target)


growing = []
growing.extend(watching(growing))
print(growing)
growing += watching(growing)
print(growing)


# What came before an exception stays in the list.
def failing(n):
    for i in range(n):
        yield i
    raise LookupError("over")


kept = [0]
try:
    kept.extend(failing(3))
except LookupError as error:
    print(kept, error, error.__traceback__.tb_next.tb_frame.f_code.co_name)
for consumer in (list, tuple, set, sum, max, min, any, all, sorted, dict.fromkeys, "".join):
    try:
        print(consumer(str(i) if consumer in (dict.fromkeys,) else i for i in failing(2)))
    except (LookupError, TypeError) as error:
        frames = []
        step = error.__traceback__
        while step:
            frames.append((step.tb_frame.f_code.co_name, step.tb_lineno - step.tb_frame.f_code.co_firstlineno >= 0))
            step = step.tb_next
        print(type(error).__name__, error, frames)


# Sums that change their kind on the way.
class Money:
    def __init__(self, amount):
        self.amount = amount

    def __radd__(self, other):
        print("radd", other, source.gi_running, type(source.gi_frame.f_locals["i"]).__name__)
        return self.amount + other


def mixed():
    for i in (1, True, 2**62, 2**62, 0.5, Money(3), 7, 1e300, 2):
        yield i


source = mixed()
try:
    print(sum(source))
except AttributeError as error:
    print(error)
print(sum(x for x in (1, 2, 3)), sum((x for x in (0.1,) * 10), 0.0), sum((x for x in ([1], [2])), []))
print(sum(x for x in (2**63 - 1, 1, -1)), sum(x for x in (True, False, True)))


# The consumer steps its own generator while it takes an item.
class Greedy:
    def __init__(self, source):
        self.source = source

    def __add__(self, other):
        print("add", other, "and", next(self.source))
        return self

    __radd__ = __add__


numbers = (n for n in range(6))
print(type(sum(numbers, Greedy(numbers))).__name__, list(numbers))


def itself():
    yield 1
    yield list(own)


own = itself()
try:
    list(own)
except ValueError as error:
    print(error)


# Truth that is an object's own, between ones that are not.
class Odd:
    def __init__(self, n):
        self.n = n

    def __bool__(self):
        print("bool", self.n, sys._getframe(1).f_code.co_name)
        return self.n % 2 == 1

    def __del__(self):
        print("del", self.n)


def judged(*items):
    for item in items:
        print("give", item if isinstance(item, int) else type(item).__name__)
        yield item


print(any(x for x in judged(0, False, 0, 5, 6)))
print(all(x for x in judged(1, True, 10**6, 0, 6)))
print(any(judged(0, False, 3, 4)), all(judged(1, 2, False, 4)))
print(any(Odd(n) for n in (0, 2, 3, 4)))
print(all(Odd(n) for n in (1, 3, 4, 5)))
print(any(n % 7 * 1000 for n in range(0, 49, 7)), all(n * 1000 for n in range(1, 5)))
print(any([] for _ in range(3)), any(None for _ in range(3)), all(x for x in ()), any(x for x in ()))
rest = (x > 2 for x in range(6))
print(any(rest), list(rest))


# Extremes of every kind.
print(max(x for x in (3, 9, 4, 9)), min(x for x in (3.5, 1.5, 2.5)), max(x for x in letters()))
print(max((x for x in (1, 2.5, 2, True))), min(x for x in (2, 1.0, 1, True)), max(x for x in (float("nan"), 1.0)))
print(max((x for x in "hello"), key=ord), min((x for x in ()), default="none"))
first, second = float("1e5"), float("1e5")
print(max(x for x in (first, second)) is first, min(x for x in (first, second)) is first)
try:
    max(x for x in (1, "a"))
except TypeError as error:
    print(error)


# Rows of generators that delegate.
def inner(n):
    for i in range(n):
        yield i
    return n


def outer(n):
    got = yield from inner(n)
    yield -got
    yield from letters()
    yield from [100, 200]


class Tree:
    def __init__(self, depth):
        self.children = [Tree(depth - 1), Tree(depth - 1)] if depth else []
        self.depth = depth

    def __iter__(self):
        for child in self.children[:1]:
            yield from child
        yield self.depth
        for child in self.children[1:]:
            yield from child


print(list(outer(3)), tuple(outer(1)))
print(sum(Tree(5)), list(Tree(2)), max(Tree(3)), any(Tree(0)), all(Tree(1)))
print([x for x in outer(2)], any(x for x in outer(0)))


# Values that are sent are None, and a frame or a handled exception gets in the way.
def asking():
    for i in range(3):
        got = yield i
        print("got", got)


def handling():
    for i in range(4):
        try:
            if i % 2:
                raise KeyError(i)
            yield i
        except KeyError as error:
            yield -i
            print("still", sys.exc_info()[1] is error)
    print("none", sys.exc_info()[1])


def framed():
    for i in range(4):
        if i == 1:
            sys._getframe().f_locals
        yield i


print(list(asking()), sum(handling()), list(framed()))
try:
    raise ValueError("outside")
except ValueError:
    print(sum(handling()), list(framed()), any(x for x in handling()))


# References: what is taken is held once by the list, and not at all by a sum.
class Thing:
    pass


things = [Thing() for _ in range(3)]
counts = [sys.getrefcount(thing) for thing in things]
held = list(thing for thing in things)
print([sys.getrefcount(thing) - count for thing, count in zip(things, counts)])
del held
print([sys.getrefcount(thing) - count for thing, count in zip(things, counts)])
number = 10**10
before = sys.getrefcount(number)
print(sum(number for _ in range(50)), max(number for _ in range(50)), sys.getrefcount(number) - before)
generator = (x for x in [1, 2])
print(list(generator), generator.gi_frame, list(generator))


# A loop with a test in it is no any().
def loop(items):
    found = 0
    for x in (item for item in items):
        if x:
            found += 1
    for x in (item for item in items):
        if not x:
            continue
        found += 10
    while any(item for item in items):
        items.pop()
        found += 100
    return found


print(loop([0, 1, 2, 0, 3, 0]))
