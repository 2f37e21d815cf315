import sys


class C:
    shared = []

    def __init__(self, v):
        self.v = v

    def own(self):
        return sys.getrefcount(self)

    @property
    def p(self):
        return sys.getrefcount(self)

    @classmethod
    def k(cls):
        return 0


x = object()
c = C(x)
print(sys.getrefcount(x), sys.getrefcount(c), sys.getrefcount(c.v), sys.getrefcount(C.shared))
c.w = x
print(sys.getrefcount(x))
del c.w
print(sys.getrefcount(x))
c.v = None
print(sys.getrefcount(x))
print(c.own(), c.p)
m = c.own
print(sys.getrefcount(c), m(), sys.getrefcount(m))
m2 = c.own
print(sys.getrefcount(c))
del m, m2
print(sys.getrefcount(c))
c.me = c
print(sys.getrefcount(c))
del c.me


class S:
    __slots__ = ("a",)


s = S()
s.a = x
print(sys.getrefcount(x))
s.a = 1
print(sys.getrefcount(x))
d = c.__dict__
print(sys.getrefcount(d))
d["z"] = x
print(sys.getrefcount(x), sys.getrefcount(c.z))
