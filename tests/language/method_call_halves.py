"""Methods that are looked up before their arguments are computed: of modules, classes, instances, with keywords."""
import math
import sys
import types


def trace(text, value):
    print(text, end=" ")
    return value


class Base:
    kind = "base"

    def __repr__(self):
        return f"<{self.kind}>"

    def method(self, a, b=2, *, c=3):
        return self.kind, a, b, c

    @staticmethod
    def static(a, b=2, *, c=3):
        return a, b, c

    @classmethod
    def make(cls, a, b=2, *, c=3):
        return cls.kind, a, b, c

    def rest(self, *args, **kwargs):
        return args, kwargs


class Derived(Base):
    kind = "derived"


def attempt(work):
    try:
        return work()
    except Exception as e:
        return f"{type(e).__name__}: {e}"


def sites(owner, n):
    return (
        attempt(lambda: owner.static(n + 1)), attempt(lambda: owner.static(n + 1, c=n)), attempt(lambda: owner.static(c=n + 1)),
        attempt(lambda: owner.make(n + 1)), attempt(lambda: owner.make(n + 1, c=n)), attempt(lambda: owner.make(n + 1, n - 1)),
        attempt(lambda: owner.method(n + 1)), attempt(lambda: owner.method(n + 1, b=n)),
        attempt(lambda: owner.method(Base(), n + 1, c=n)), attempt(lambda: owner.rest(n + 1, k=n)),
        attempt(lambda: owner.make(n + 1, a=n)), attempt(lambda: owner.make(n + 1, d=n)),
    )


def one(owner, n):
    return owner.static(n + 1, c=n + 2), owner.make(n + 1, b=n + 2), owner.static(n + 1), owner.make(n + 1)


module = types.ModuleType("module")
module.static = Base.static
module.make = Base.make
module.method = Base().method
module.rest = lambda *a, **k: (a, k)
for n in range(3):
    for owner in (Base, Derived, Base(), Derived(), module):
        print(sites(owner, n), one(owner, n))
for n in range(12):
    if n == 4:
        Base.static = staticmethod(lambda a, *, c=0: ("new", a, c))
    if n == 6:
        Base.make = classmethod(lambda cls, a, b=0: ("made", a, b))
    if n == 8:
        module.static = lambda a, c=5: ("of module", a, c)
        Derived.make = staticmethod(lambda a, b=1: ("static now", a, b))
    if n == 10:
        del module.static
        Base.static = 5
    print(attempt(lambda: one(module, n)), attempt(lambda: one(Base, n)), attempt(lambda: one(Derived, n)))

for x in (2, 4.0, True, -1, "a"):
    print(attempt(lambda: math.sqrt(x * 1)), attempt(lambda: math.gcd(x * 4, 6)), attempt(lambda: math.pow(x * 1, 2)),
          attempt(lambda: math.isclose(x * 1, 2, abs_tol=1)))
math.extra = lambda x: ("extra", x)
for n in range(4):
    print(math.extra(n + 1), math.floor(n + 0.5))
    if n == 1:
        math.extra = math.ceil
    if n == 2:
        math.extra = print
del math.extra
print(attempt(lambda: math.extra(1 + len(sys.argv))))


def halves():
    """The module and the class are looked at before the arguments, and held as CPython holds them."""
    class Local:
        @classmethod
        def make(cls, *counts):
            return counts

        @staticmethod
        def static(*counts):
            return counts

        @classmethod
        def two(cls, a, b):
            return a, b

    own = types.ModuleType("own")
    own.f = lambda *counts: counts
    own.g = lambda a, b: (a, b)
    for _ in range(3):
        print(own.f(sys.getrefcount(own), sys.getrefcount(own.f)), own.g(sys.getrefcount(own), sys.getrefcount(own.g)))
        print(Local.make(sys.getrefcount(Local)), Local.static(sys.getrefcount(Local)),
              Local.two(sys.getrefcount(Local), sys.getrefcount(Local.__dict__["two"])))


halves()
for n in range(3):
    print(trace("a", math).floor(trace("b", 2.5)), trace("c", Base).make(trace("d", n + 1)))
