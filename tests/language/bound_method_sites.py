"""Sites that read methods as attributes, powers of ints to floats, and isinstance with tuples made for the call."""

import sys


class Base:
    def one(self):
        return "base", self.name

    def __init__(self, name):
        self.name = name


class Derived(Base):
    def one(self):
        return "derived", self.name

    def __del__(self):
        print("end of", self.name)


def read(thing):
    return thing.one


things = [Base("a"), Derived("b"), Base("c")]
for step in range(60):
    thing = things[step % 2] if step < 30 else things[0]
    method = read(thing)
    assert method.__self__ is thing and method() == (type(thing).__name__.lower(), thing.name)
    if step in (5, 45):
        print(method(), sys.getrefcount(thing), sys.getrefcount(method), method == read(thing), method is read(thing))
    del method
    if step == 40:
        things[0].one = lambda: ("own", "x")
        print(read(things[0])())
        del things[0].one
    if step == 50:
        Base.one = lambda self: ("base", self.name)
    if step == 55:
        Base.one = 7
        print(read(things[2]))
        Base.one = Derived.one
        print(read(things[2])())
        Base.one = lambda self: ("base", self.name)
for step in range(12):
    call = Derived(f"temporary {step}").one
    print(call(), sys.getrefcount(call.__self__))
    del call
    row = [Base(str(step)).one for _ in range(3)]
    print([one()[1] for one in row])


class Lazy:
    def __getattr__(self, name):
        return lambda: ("lazy", name)


for thing in [things[0], Lazy(), things[1], Lazy()] * 5:
    print(read(thing)(), end=" ")
print()


def power(x):
    return x**0.5, x**2.5, x**-1.0, x**2


for x in [4, 9.0, 2, 10, True, 2**60, 0.25, 2**53 + 1, 10**30, 7] * 2:
    print(power(x))
for x in (0, -4, -4.0, "a", None, 10**400):
    for attempt in range(2):
        try:
            print(x**0.5, x**2.5, x**-1.0)
        except Exception as error:
            print(type(error).__name__, error)


def kinds(x, first, second):
    return isinstance(x, (first, second)), isinstance(x, (first, (second, int)))


for x in [1, "a", 1.5, None, Base("k"), things[1], True, int] * 3:
    print(kinds(x, int, str), kinds(x, Base, float), kinds(x, Derived, type), end=" ")
print()
for wrong in (5, "text", None):
    try:
        kinds(1, str, wrong)
    except TypeError as error:
        print(error)
print(kinds(1, int, 5) if False else isinstance(1, (int, 5)))
