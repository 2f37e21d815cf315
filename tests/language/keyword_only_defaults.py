"""Functions whose keyword-only parameters have defaults, called without keywords."""
import sys


def one(a, *, c=3):
    return a, c


def two(a, b=2, *, c=3, d=4):
    return a, b, c, d


def only(*, c=3):
    return c


def needed(a, *, c, d=4):
    return a, c, d


def rest(a, *args, c=3):
    return a, args, c


def options(a, *, c=3, **others):
    return a, c, others


def holds(a, *, c=[]):
    c.append(a)
    return c


for i in range(3):
    print(one(i), two(i), two(i, i), only(), rest(i), rest(i, 1, 2), options(i), holds(i))
    for call in (lambda: one(), lambda: one(1, 2), lambda: two(), lambda: two(1, 2, 3), lambda: only(1),
                 lambda: needed(1), lambda: needed(), lambda: rest()):
        try:
            print(call())
        except TypeError as e:
            print(e)
    print(needed(1, c=2), one(1, c=9))

print(one.__kwdefaults__, needed.__kwdefaults__)
for i in range(3):
    one.__kwdefaults__["c"] = i
    print(one(1), end=" ")
    two.__kwdefaults__ = {"c": i}
    try:
        two(1, 2)
    except TypeError as e:
        print(e, end=" ")
    two.__kwdefaults__ = {"d": "other", "c": i, "more": 1}
    print(two(1, 2), two(1))
one.__kwdefaults__ = None
try:
    one(1)
except TypeError as e:
    print(e)


def looped(n):
    total = 0
    for i in range(n):
        total += two(i)[3] == "other"
    return total


print(looped(100))
default = object()


def shared(a, *, c=default):
    return c is default


before = sys.getrefcount(default)
for i in range(100):
    shared(i)
print(sys.getrefcount(default) - before)


class C:
    def method(self, a=1, *, c=2):
        return a, c

    def __init__(self, *, size=5):
        self.size = size

    def __call__(self, *, c="called"):
        return c


for i in range(3):
    c = C()
    bound = c.method
    print(c.method(), c.method(i), bound(), bound(i), C.method(c), c.size, c())



def deep(n, *, step=1):
    return 0 if n == 0 else deep(n - step) + 1


print(deep(200))


def numbers(n, *, step=2):
    yield from range(0, n, step)


def inner(*, value=7):
    return lambda: value


print(list(numbers(7)), [inner()() for _ in range(3)])
