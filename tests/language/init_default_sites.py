"""Classes and methods of super() and modules that are called without the arguments that have defaults."""
import sys


class Value:
    def __repr__(self):
        return "value"


value = Value()


class C:
    def __init__(self, a, b=value, c=3):
        self.all = a, b, c


class Named:
    def __init__(self, a=1, *, b=2):
        self.all = a, b


class Rest:
    def __init__(self, a=1, *rest):
        self.all = a, rest


class Wrong:
    def __init__(self, a, b=1):
        return b


class Steps:
    def __init__(self, a, b=1):
        yield b


class Deep:
    def __init__(self, n, more=True):
        self.below = Deep(n - 1) if n else None


class Sub(C):
    def __init__(self, a, b=5):
        super().__init__(a + 1)
        self.more = b

    def f(self, x, y=value, z=7):
        return x, y, z


class Below(Sub):
    def f(self, x, y=8):
        return super().f(x + 1), super().f(x + 1, y), super().f(x + 1, y, y + 1)


def attempt(work):
    try:
        return work()
    except Exception as e:
        return f"{type(e).__name__}: {e}"


def made(cls, *args):
    def describe(o):
        return getattr(o, "all", None), getattr(o, "more", None)
    return [attempt(lambda: describe(cls())), attempt(lambda: describe(cls(1))), attempt(lambda: describe(cls(1, 2))),
            attempt(lambda: describe(cls(1, 2, 4))), attempt(lambda: describe(cls(1, 2, 4, 5)))]


def one(cls):
    return cls(1).all, sys.getrefcount(value)


for _ in range(4):
    for cls in (C, Named, Rest, Wrong, Steps, Sub):
        print(cls.__name__, made(cls))
    print([one(C) for _ in range(3)], Below(1).f(2), sys.getrefcount(value))
C.__init__.__defaults__ = (value,)
print(made(C), attempt(lambda: one(C)), sys.getrefcount(value))
C.__init__.__defaults__ = (4, 5, 6)
print(made(C), [one(C) for _ in range(2)])
C.__init__.__defaults__ = None
print(made(C), attempt(lambda: one(C)))
C.__init__ = lambda self, a=9: setattr(self, "all", a)
print(made(C), [one(C) for _ in range(2)])
print(Deep(50).below.below is not None, attempt(lambda: Deep(10 ** 6)))


class Watched:
    def __init__(self, name="default"):
        self.name = name

    def __del__(self):
        print("end of", self.name)


for n in range(3):
    Watched()
    w = Watched()
    print("bound", n)


def late(n, step=1):
    return n + step


module = type(sys)("module")
module.late = late
for n in range(3):
    print(module.late(n * 2), module.late(n * 2, 5), attempt(lambda: module.late()), attempt(lambda: module.late(n + 1, 2, 3)))
    if n == 1:
        late.__defaults__ = (100,)
