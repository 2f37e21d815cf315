"""Calls that are bound in the loop: *args, keywords in order and out of it, defaults of __init__, closures that end."""
import sys


def star(*rest):
    return rest


def star_after(a, b=2, *rest):
    return a, b, rest


class Thing:
    def __init__(self, a, b=2, c=3):
        self.a, self.b, self.c = a, b, c

    def method(self, *rest):
        return self.a, rest

    def named(self, a, *, b=5, c=6):
        return a, b, c


def keywords(a, b=1, *, c=2, d=3):
    return a, b, c, d


class Loud:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("gone", self.name, sys._getframe(1).f_code.co_name)


def make(value):
    def inner():
        return value

    def nothing():
        value

    inner.loud = value
    return inner, nothing


def closures():
    print(make(Loud("one"))[0]().name)
    print(make(Loud("two"))[1]())
    print(make(3)[0]())


class Wrong:
    def __init__(self, value):
        return value


class Problem(Exception):
    def __init__(self, code):
        self.counts = sys.getrefcount(self), sys.getrefcount(code)
        super().__init__(code)
        self.code = code


for i in range(4):
    print(star(1), star(1, i), star_after(1), star_after(1, 3), star_after(1, 3, i, 5))
    thing = Thing(1)
    print(thing.b, thing.c, Thing(1, 5).b, Thing(1, 5, 6).c, Thing(1, c=7).c)
    print(thing.method(), thing.method(i), thing.method(i, i), thing.named(1, c=3), thing.named(1, b=2, c=i))
    print(keywords(1, c=5), keywords(1, 2, d=i), keywords(a=1, b=2, c=3, d=4), keywords(1, d=1, c=2), keywords(d=1, a=2))
    for call in (lambda: keywords(b=1, c=2), Thing, lambda: Thing(1, 2, 3, 4), lambda: star_after(), lambda: Wrong(5)):
        try:
            call()
        except TypeError as error:
            print(error)
    print(Wrong(None).__class__.__name__)
    closures()
    try:
        raise Problem([i])
    except Problem as error:
        print(error.counts, error.args, error.code, sys.getrefcount(error))
    items = []
    for k in range(3):
        items.append(k)
        items.append(-k)
        print(items.pop(), items.pop(), items)
