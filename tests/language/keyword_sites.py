"""Calls with keywords from one place to functions that change."""

import sys


def plain(a, b=2, *, c=3, d=4):
    return a, b, c, d


def other(d, c, b=20, a=10):
    return a, b, c, d


def collecting(a, *args, c=30, **kwargs):
    return a, args, c, kwargs


def only(a, /, b=7, **kwargs):
    return a, b, kwargs


def no_defaults(a, *, c, d):
    return a, c, d


def generator(a, c=1, d=2):
    yield a
    yield c
    yield d


class Callable:
    def __call__(self, *args, **kwargs):
        return args, kwargs


class Made:
    def __init__(self, a, c=1, d=2):
        self.all = a, c, d

    def method(self, a, c=5, d=6):
        return self.all, a, c, d

    @classmethod
    def build(cls, a, *, c, d=9):
        return cls(a, d=d, c=c).all

    @staticmethod
    def still(a, d=0, c=0):
        return a, c, d


def call(f, x):
    try:
        found = f(x, c="c", d="d")
    except (TypeError, ValueError) as error:
        return type(error).__name__ + ": " + str(error)
    return list(found) if hasattr(found, "__next__") else getattr(found, "all", found)


class Loose:
    pass


targets = [plain, plain, other, plain, collecting, only, no_defaults, generator, Callable(), Made, Made(0).method,
           Made.build, Made.still, dict, len, lambda x: x, lambda c, d, x=1: (c, d, x), lambda x, d, c: (x, c, d)]
for target in targets:
    name = getattr(target, "__qualname__", type(target).__name__)
    for _ in range(3):
        print(name, call(target, "x"))


def partly(f):
    out = []
    for i in range(3):
        try:
            out.append(f(i, d=-1))
        except TypeError as error:
            out.append(str(error))
    return out


for target in (plain, other, collecting, only, no_defaults):
    print(target.__name__, partly(target))

# Defaults and code that are replaced between two calls from one place.
for step in range(9):
    if step == 2:
        plain.__defaults__ = (22,)
    if step == 3:
        plain.__kwdefaults__ = {"d": 44, "c": 33}
    if step == 4:
        plain.__kwdefaults__ = {"d": 45}
    if step == 5:
        plain.__kwdefaults__ = None
    if step == 6:
        plain.__kwdefaults__ = {"c": 1, "d": 2}
        plain.__defaults__ = ()
    if step == 7:
        plain.__code__ = other.__code__
    if step == 8:
        plain.__defaults__ = (1, 2, 3)
    try:
        print(step, plain("a", d="D"))
    except TypeError as error:
        print(step, error)


def many(a, b, c, d, e, f, g, h, i=9, j=10, k=11, l=12, m=13, n=14, o=15, p=16):
    return a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p


def more(a, b, c, d, e, f, g, h, i=9, j=10, k=11, l=12, m=13, n=14, o=15, p=16, q=17):
    return a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q


for target in (many, more, many):
    for _ in range(2):
        print(target(1, 2, h=8, g=7, f=6, e=5, d=4, c=3))
        print(target(1, 2, 3, 4, p=-16, h=8, g=7, f=6, e=5))
        print(target(h=8, g=7, f=6, e=5, d=4, c=3, b=2, a=1, i=0))
        print(target(1, 2, 3, 4, 5, 6, 7, 8, o="o", j="j"))

# What is wrong with a call.
wrong = [
    lambda: many(1, 2, a=3),
    lambda: plain(1, zz=3),
    lambda: plain(1, d=3, **{"d": 4}),
    lambda: other(1, 2, 3, 4, 5, a=1),
    lambda: only(1, a=5),
    lambda: only(1, 2, b=5),
    lambda: only(a=5, b=1),
    lambda: collecting(1, 2, a=3),
    lambda: no_defaults(1, d=1),
    lambda: collecting(c=1),
    lambda: collecting(1, **{"c": 2, "k e y": 3, "".join(["a", "b"]): 4}),
    lambda: only(1, **{"".join(["b"]): "built"}),
]
for case in wrong:
    for _ in range(2):
        try:
            print(case())
        except TypeError as error:
            print(error)


def recursive(n, *, step=1, seen=()):
    if n <= 0:
        return seen
    return recursive(n - step, seen=seen + (n,), step=step)


print(recursive(5, step=2), recursive(3))


def deep(n=0, *, up=1):
    return deep(n + up, up=up)


try:
    deep()
except RecursionError as error:
    print(str(error)[:32])


class Watched:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name)


def holds(a, b=None, *rest, c=None, **kwargs):
    return sys.getrefcount(a), sys.getrefcount(c)


for _ in range(3):
    print(holds(Watched("a"), c=Watched("c"), b=Watched("b")))
    print(holds(Watched("a"), 1, Watched("rest"), c=Watched("c"), d=Watched("d")))


def counted(a, *, c=1):
    return sys.getrefcount(a), sys.getrefcount(c)


x, y = [], []
for _ in range(3):
    print(counted(x, c=y), counted(c=y, a=x), sys.getrefcount(x), sys.getrefcount(y))


def fails(a, *, c=1):
    raise ValueError(a, c)


for _ in range(2):
    try:
        fails(Watched("argument"), c=Watched("keyword"))
    except ValueError as error:
        print(type(error).__name__)
        del error

# Functions made anew, so that code objects come and go.
for body in ("a, c", "c, a", "a, b=1, *, c", "c, *, a", "*a, c"):
    for _ in range(2):
        f = eval(f"lambda {body}: (a, c)")
        out = []
        for target in (f, f):
            try:
                out.append(target(a=1, c=2))
            except TypeError as error:
                out.append(str(error))
        print(body, out)
        del f, target
