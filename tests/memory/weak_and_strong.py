import sys, weakref


class C:
    pass


x = C()
r = weakref.ref(x)
print(sys.getrefcount(x), r() is x, sys.getrefcount(x))
y = r()
print(sys.getrefcount(x))
del x
print(r() is y)
del y
print(r())
l = [C() for _ in range(3)]
rs = [weakref.ref(o) for o in l]
l.pop(1)
print([r() is None for r in rs])
l.clear()
print([r() is None for r in rs])
order = []


class D:
    def __del__(self):
        order.append("del")


d = D()
w = weakref.ref(d, lambda r: order.append("callback"))
del d
print(order)
c = C()
p = weakref.proxy(c)
p.v = 5
print(c.v, sys.getrefcount(c))
del c
try:
    p.v
except ReferenceError as e:
    print(e)
