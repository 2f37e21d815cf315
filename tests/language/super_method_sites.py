"""Calls of methods of super(): plain ones, with keywords, native ones, in classes that change, in class methods."""
import sys


class Base:
    def __init__(self, *args, **kwargs):
        self.args, self.kwargs = args, kwargs

    def plain(self, a, b=2, *, c=3):
        return "Base.plain", a, b, c

    @classmethod
    def make(cls, n):
        return "Base.make", cls.__name__, n

    @staticmethod
    def static(n):
        return "Base.static", n

    @property
    def computed(self):
        return lambda *a: ("computed", a)

    value = len

    def counted(self, *counts):
        return counts, sys.getrefcount(self)


class Middle(Base):
    def __init__(self, n, **more):
        super().__init__(n, n + 1, **more)
        super().__init__(n, k=n)

    def plain(self, a, b=5, *, c=6):
        return "Middle", super().plain(a + 1, b, c=c), super(Middle, self).plain(a), super().plain(b=a, a=b)

    @classmethod
    def make(cls, n):
        return "Middle", super().make(n + 1), super().static(n)

    @staticmethod
    def static(n):
        return "Middle", super(Middle, Middle).static(n)

    def others(self):
        return super().computed(1), super().value([1, 2]), super().static(3), super().make(4)

    def counted(self):
        return super().counted(sys.getrefcount(self), sys.getrefcount(Middle)), sys.getrefcount(self)

    def __repr__(self):
        return "<" + super().__repr__().split(" at ")[0] + ">"

    def __eq__(self, other):
        return super().__eq__(other)

    def __hash__(self):
        return super().__hash__() * 0

    def missing(self):
        return super().missing(1)

    def __getattr__(self, name):
        return f"no {name}"


class Left(Middle):
    def plain(self, *a, **k):
        return "Left", super().plain(*a, **k)


class Right(Middle):
    def plain(self, a, **k):
        return "Right", super().plain(a, **k)


class Both(Left, Right):
    def plain(self, a, **k):
        return "Both", super().plain(a, **k)


class Meta(type):
    def __call__(cls, *args):
        return super().__call__(*args)

    def describe(cls, n=1):
        return super().mro()[n:]


class Made(metaclass=Meta):
    def __init__(self, n):
        super().__init__()
        self.n = n


class Numbers(list):
    def append(self, item):
        super().append(item * 2)

    def sort(self, reverse=False):
        super().sort(key=lambda x: -x, reverse=reverse)

    def __getitem__(self, index):
        return super().__getitem__(index + 1)


class Problem(Exception):
    def __init__(self, code):
        super().__init__(code, "more")
        self.code = code


def attempt(work):
    try:
        return work()
    except Exception as e:
        return f"{type(e).__name__}: {e}"


for _ in range(3):
    for cls in (Base, Middle, Left, Right, Both):
        made = cls(1)
        print(made.args, made.kwargs, attempt(lambda: made.plain(7, c=8)), cls.make(9), cls.static(10))
    print(made.others(), made, made == made, made == 3, hash(made), made.missing if False else attempt(made.missing))
    print(made.counted(), Middle(3).counted())
    print(Made(4).n, Made.describe(), Problem(5).args)
    numbers = Numbers([1, 2])
    numbers.append(3)
    numbers.sort()
    print(numbers, numbers[0], attempt(lambda: numbers["a"]))

for n in range(6):
    if n == 1:
        Base.plain = lambda self, *a, **k: ("changed", a, k)
    if n == 2:
        Right.plain = lambda self, *a, **k: ("Right changed", a)
    if n == 3:
        del Right.plain
    if n == 4:
        Middle.__bases__ = (type("Other", (Base,), {"plain": lambda self, *a, **k: ("Other", a)}),)
    if n == 5:
        Base.plain = Middle.plain = 5
        Middle.__bases__ = (Base,)
    print(attempt(lambda: Both(1).plain(2)), attempt(lambda: Middle(1).plain(3)))


def maker(base):
    class Inner(base):
        def who(self):
            return "Inner", super().who()

        def wrong(self):
            self = object()
            return super().who()

        def other(self, super=super):
            return super(Inner, self).who()
    return Inner


class A:
    def who(self):
        return "A"


class B:
    def who(self):
        return "B"


for _ in range(3):
    print([maker(base)().who() for base in (A, B, A)], maker(maker(B))().who(), attempt(maker(A)().wrong), maker(B)().other())


class Proxy:
    def __init__(self, target):
        self.target = target

    @property
    def __class__(self):
        return type(self.target)


Inner = maker(A)
print(attempt(lambda: Inner.who(Proxy(Inner()))), attempt(lambda: Inner.who(3)))


def shadowed():
    class super:
        def __init__(self, *parts):
            self.parts = parts

        def who(self, n):
            return "own super", len(self.parts), n

    class C:
        def f(self):
            return super().who(1), super(1, 2).who(n=2)
    return C().f()


print(shadowed(), shadowed())
