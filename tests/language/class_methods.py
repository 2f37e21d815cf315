class C:
    count = 0

    def __init__(self):
        type(self).count += 1

    def inst(self, a):
        return "inst", a

    @classmethod
    def cls(cls, a):
        return cls.__name__, a

    @staticmethod
    def stat(a):
        return "stat", a


class D(C):
    pass


c, d = C(), D()
print(c.inst(1), c.cls(2), D.cls(3), c.stat(4), C.stat(5), C.count, D.count)
f = c.inst
print(f(9), f == c.inst, f is c.inst, hash(f) == hash(c.inst))
print(f.__name__, f.__qualname__, c.cls.__self__ is C, C.stat.__name__)
print(C.__dict__["stat"].__func__(7), type(C.__dict__["cls"]).__name__)
try:
    C.inst(1)
except TypeError as e:
    print(e)
try:
    c.inst()
except TypeError as e:
    print(e)
try:
    c.inst(1, 2)
except TypeError as e:
    print(e)


def added(self):
    return "added", type(self).__name__


C.added = added
print(d.added(), d.added.__self__ is d)
d.own = lambda: "own"
print(d.own())
del C.added
print(hasattr(d, "added"))
s = staticmethod(len)
print(s([1, 2]))


class Nested:
    class Inner:
        def m(self):
            pass


print(Nested.Inner.m.__qualname__, Nested.Inner.__qualname__)
