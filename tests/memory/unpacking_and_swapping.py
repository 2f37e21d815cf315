import sys


class D:
    def __init__(self, n):
        self.n = n

    def __del__(self):
        print("-", self.n, end=" ")


a, b = D("a"), D("b")
a, b = b, a
print("swapped", a.n, b.n, sys.getrefcount(a), sys.getrefcount(b))
a, b = 1, 2
print()
x, *y = D("x"), D("y1"), D("y2")
print(len(y), sys.getrefcount(x))
y = None
print()
x, _ = D("new x"), D("_")
print("rebound")
x, x = D("first"), D("second")
print("twice")
_ = None
print()
l = [D(0), D(1), D(2)]
l[0], l[2] = l[2], l[0]
print([d.n for d in l])
l[0], l[1] = None, None
print()
del l
print()
(p, q), r = (D("p"), D("q")), D("r")
p = q = r = 0
print()
for i, d in enumerate([D("e0"), D("e1")]):
    pass
print("loop done")
d = None
print()


def f():
    m, n = D("m"), D("n")
    m, n = n, m
    print("f ends", end=" ")


f()
print()


def g(u, v):
    u, v = v, u
    del u
    print("g ends", end=" ")


g(D("u"), D("v"))
print()
try:
    s, t = D("s"), D("t"), D("extra")
except ValueError as e:
    print(e)
print("end")
x = None
