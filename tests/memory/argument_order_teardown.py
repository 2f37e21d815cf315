class D:
    def __init__(self, n):
        self.n = n

    def __del__(self):
        print("-", self.n, end=" ")


def f(a, b, c=None, *args, k=None, **kw):
    print("in f", end=" ")


f(D("a"), D("b"))
print()
f(D("a"), D("b"), D("c"), D("x"), D("y"))
print()
f(D("a"), b=D("b"), k=D("k"), z=D("z"))
print()
f(*[D("s0"), D("s1")], **{"k": D("dk")})
print()
max([D("m0"), D("m1")], key=lambda d: d.n)
print()
dict(a=D("da"), b=D("db"))
print()
print(D("p1").n, D("p2").n, sep=",")
isinstance(D("i"), D)
print()


class C:
    def __init__(self, x):
        print("init", end=" ")

    def __call__(self, x):
        print("call", end=" ")


C(D("ctor"))
print()
C(0)(D("called"))
print()
try:
    f()
except TypeError:
    pass
try:
    f(D("lost"))
except TypeError as e:
    print("TypeError", end=" ")
print()
try:
    f(D("1"), D("2"), zz=1 / 0)
except ZeroDivisionError:
    print("ZeroDivisionError")
