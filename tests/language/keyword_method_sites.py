"""Method calls with keywords from one place, on objects of many kinds."""

import sys


class A:
    def go(self, a, b=2, *, c=3, d=4):
        return "A", a, b, c, d


class B:
    def go(self, a, d, c, b=20):
        return "B", a, b, c, d


class C:
    @staticmethod
    def go(a, c=0, d=0):
        return "C", a, c, d


class D:
    @classmethod
    def go(cls, a, *, c, d):
        return cls.__name__, a, c, d


class E:
    def __init__(self):
        self.go = lambda a, c, d: ("E", a, c, d)


class F(A):
    def go(self, *args, **kwargs):
        return "F", args, kwargs, super().go(*args, **kwargs)


class G:
    def __getattr__(self, name):
        return lambda a, **kwargs: ("G", name, a, kwargs)


class H:
    __slots__ = ("x",)

    def go(self, a, d=0, c=0):
        yield "H"
        yield a, c, d


class I(A):
    go = property(lambda self: super().go)


class J:
    class go:
        def __init__(self, a, c, d):
            self.seen = a, c, d


def call(target):
    try:
        found = target.go("a", d="d", c="c")
    except (TypeError, AttributeError) as error:
        return f"{type(error).__name__}: {error}"
    if hasattr(found, "__next__"):
        return list(found)
    return getattr(found, "seen", found)


for kind in (A, A, B, A, C, C, D, D, E, E, F, F, G, G, H, H, I, I, J, J, object, A):
    target = kind()
    for _ in range(2):
        print(kind.__name__, call(target))

# An attribute of the instance hides the method, and no longer.
target = A()
print(call(target))
target.go = lambda a, **kwargs: ("own", a, kwargs)
print(call(target))
del target.go
print(call(target))

# The class changes.
for step in range(7):
    if step == 1:
        A.go.__defaults__ = (222,)
    if step == 2:
        A.go.__kwdefaults__ = {"d": 44}
    if step == 3:
        A.go.__code__ = B.go.__code__
    if step == 4:
        A.go = lambda self, *a, **k: ("new", a, k)
    if step == 5:
        A.go = None
    if step == 6:
        del A.go
    out = []
    for _ in range(2):
        out.append(call(target))
    print(step, out)


def missing(target):
    try:
        return target.go(1, c=5)
    except TypeError as error:
        return str(error)


for kind in (B, B, D, D, H, E):
    found = missing(kind())
    print(kind.__name__, list(found) if hasattr(found, "__next__") else found)


class Text(str):
    pass


def native(target, name):
    out = []
    for _ in range(2):
        try:
            if name == "split":
                out.append(target.split(sep="b", maxsplit=1))
            elif name == "encode":
                out.append(target.encode(errors="replace", encoding="ascii"))
            elif name == "format":
                out.append(target.format(1, x=2))
            elif name == "sort":
                out.append(target.sort(reverse=True, key=str))
            elif name == "update":
                out.append(target.update(a=1, b=2))
            elif name == "to_bytes":
                out.append(target.to_bytes(length=3, byteorder="big", signed=True))
            elif name == "wrong":
                out.append(target.split(sep="b", sep_=1))
            elif name == "twice":
                out.append(target.split("b", sep="b"))
            else:
                out.append(target.append(x=1))
        except (TypeError, AttributeError, ValueError) as error:
            out.append(f"{type(error).__name__}: {error}")
    return out


for target in ("abcbd", b"abcbd", Text("xby"), "\xe9b", ["b"], {"k": 1}, 5, -5, True, None, bytearray(b"bb"), {1, 2}):
    for name in ("split", "encode", "format", "sort", "update", "to_bytes", "wrong", "twice", "append"):
        print(type(target).__name__, name, native(target, name))

built = "".join(["s", "ep"])
print("a-b".split(**{built: "-"}), "a-b".rsplit(**{built: "-", "max" + "split": 0}))


class Watched:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name)

    def take(self, a, *, c=None, d=()):
        return sys.getrefcount(self), sys.getrefcount(a), sys.getrefcount(c)

    def fail(self, a, *, c=None):
        raise ValueError(self.name)


for _ in range(3):
    print(Watched("self").take(Watched("a"), c=Watched("c")))
    x = Watched("x")
    print(x.take(x, c=x))
    try:
        x.fail(Watched("a"), c=Watched("c"))
    except ValueError as error:
        del x
        print("caught", error.args)


class Deep:
    def down(self, n, *, up=1):
        return self.down(n + up, up=up)


try:
    Deep().down(0)
except RecursionError as error:
    print(str(error)[:32])
