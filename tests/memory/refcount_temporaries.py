import sys


class C:
    def m(self):
        return sys.getrefcount(self)


print(sys.getrefcount(C()), C().m(), sys.getrefcount([1, 2]), sys.getrefcount((lambda: 0)))
x = C()
print(sys.getrefcount(x), x.m(), [x, sys.getrefcount(x)][1], (x, x, sys.getrefcount(x))[2])
print({"a": x, "b": sys.getrefcount(x)}["b"])
print((x if True else 0, sys.getrefcount(x))[1], (x or 1) is x, (x and sys.getrefcount(x)))
print(max(sys.getrefcount(x), 0), sum([sys.getrefcount(x)]), (lambda a, b: b)(x, sys.getrefcount(x)))
print(f"{sys.getrefcount(x)}", "%d" % sys.getrefcount(x), "{}".format(sys.getrefcount(x)))
print(str(sys.getrefcount(x)) + str(x)[:0])
y = [sys.getrefcount(x), x, sys.getrefcount(x)]
print(y[0], y[2])
del y
x.a = sys.getrefcount(x)
print(x.a)
print(sys.getrefcount(x) if x else 0, not x or sys.getrefcount(x))
(z := x)
print(sys.getrefcount(x))
del z
a = b = c = x
print(sys.getrefcount(x))
a, b = b, a
print(sys.getrefcount(x))
del a, b, c
print(sys.getrefcount(x))
