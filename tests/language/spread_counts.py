"""Who is called with * and ** sees the references that the call itself holds."""
import sys


class O:
    pass


def count(*objects):
    print([None if o is None else sys.getrefcount(o) for o in objects], [sys.getrefcount(o) for o in [T]])


class C:
    def __init__(self, *a, **k):
        if a or k:
            count(*a, *k.values())

    def method(self, x, y=None):
        print(sys.getrefcount(x), y and sys.getrefcount(y), sys.getrefcount(T))

    def star(self, *a, **k):
        count(*a, *k.values())

    @classmethod
    def make(cls, x, y=None):
        print(sys.getrefcount(x), y and sys.getrefcount(y), sys.getrefcount(T))

    def steps(self, x):
        yield sys.getrefcount(x)


class D:
    def __init__(self, x, y=None):
        print(sys.getrefcount(x), y and sys.getrefcount(y), sys.getrefcount(T))


def plain(x, y=None):
    print(sys.getrefcount(x), y and sys.getrefcount(y), sys.getrefcount(T))


def star(*a, **k):
    count(*a, *k.values())


def positional(x, /, *rest, y=None, **k):
    count(x, y, *rest, *k.values())


class Mapping:
    def __init__(self, **k):
        self.k = k

    def keys(self):
        return list(self.k)

    def __getitem__(self, key):
        return self.k[key]


def attempt(work):
    try:
        return work()
    except Exception as e:
        print(type(e).__name__, e)


def main():
    global T
    c, o, p = C(), O(), O()
    T = tup = (o,)
    named = {"y": p}
    bound = c.method
    for f in (plain, bound, C.make, D, star, c.star, C, positional):
        print(getattr(f, "__qualname__", f))
        for _ in range(2):
            f(*tup)
            f(*tup, **named)
            f(*tup, **{})
            f(*[o])
            f(o, **named)
            f(*tup, y=p)
            f(*[O()])
            f(*(O() for i in "1"))
            f(*tup, **Mapping(y=p))
            f(*tup, **Mapping())
    for _ in range(3):
        print(list(c.steps(*tup)), list(c.steps(*[O()])))
        c.method(*tup)
        C.make(*tup, **named)
    for f in (plain, bound, C.make, D, max, dict, print):
        attempt(lambda: f(*tup, *tup, *tup))if f is not print and f is not max else None
        attempt(lambda: f(**{1: 2}))
        attempt(lambda: f(*3))
        attempt(lambda: f(**3))
        attempt(lambda: f(*tup, **named, **named))
        attempt(lambda: f(*tup, **{"z": 1}))if f is not dict else None
    print(sys.getrefcount(o), sys.getrefcount(p), sys.getrefcount(tup), sys.getrefcount(named), sys.getrefcount(bound))


class Dies:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("end of", self.name)


class Taker:
    def take(self, x, *rest):
        print("taken", x.name)
        del x
        print("let go")


def deep(taker, n, *rest):
    if n:
        return taker.deeper(*(taker, n - 1), *rest)
    return len(rest)


Taker.deeper = lambda self, other, n, *rest: deep(other, n, *rest, n)
main()
Taker().take(*[Dies("one"), Dies("two")])
method = Taker().take
method(*(Dies(name) for name in ("three", "four")))
print(deep(Taker(), 50))
try:
    deep(Taker(), 100000)
except RecursionError as e:
    print(e)
