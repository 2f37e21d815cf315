"""Keyword arguments bound on the short way and on the long one."""
import types


def f(a, b=2, /, c=3, *, d=4, e):
    return (a, b, c, d, e)


def g(a, *, k1=1, k2, k3=3):
    return (a, k1, k2, k3)


def many(**options):
    return sorted(options)


for _ in range(3):
    print(f(1, e=5), f(1, 9, e=5, c=7), f(1, c=0, d=1, e=2), g(0, k2=5), g(k3=1, k2=2, a=0))
    for call in (
        lambda: f(1),
        lambda: f(1, b=2, e=3),
        lambda: f(1, e=1, x=2),
        lambda: f(e=1),
        lambda: f(1, 2, 3, 4, e=5),
        lambda: g(1, k1=1),
        lambda: g(1, a=1, k2=1),
        lambda: g(1, k_2=1),
    ):
        try:
            print(call())
        except TypeError as error:
            print(error)
print(many(**{f"k{n}": n for n in range(20)}))
f.__kwdefaults__ = {"e": 50}
print(f(1, d=0))
try:
    f(1)
except TypeError as error:
    print(error)
f.__defaults__ = ("c only",)
print(f(1, 2, d=1, e=2))
g.__kwdefaults__ = {"k3": 30, "k1": 10}
print(g(1, k2=0))


def defaults(a, b=1, c=2):
    return (a, b, c)


print([defaults(0), defaults(0, 5), defaults(0, 5, 6), defaults(0, c=9)])


class Name(str):
    """A keyword whose hash replaces the code of the function that is called with it."""

    def __hash__(self):
        target.__code__ = other.__code__
        return super().__hash__()


def target(a, **more):
    return ("old", a, sorted(more))


def other(a, **more):
    x = y = z = a
    return ("new", x, y, z, sorted(more))


print(target(1, **{Name("k"): 2}), target(1, k=2))
