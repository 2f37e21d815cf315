import sys


def gen(a):
    print(sys.getrefcount(a))
    yield a
    b = a
    yield sys.getrefcount(a)


x = object()
g = gen(x)
print(sys.getrefcount(x), sys.getrefcount(g))
v = next(g)
print(sys.getrefcount(x))
del v
print(sys.getrefcount(x))
print(next(g), sys.getrefcount(x))
g.close()
print(sys.getrefcount(x))
g = gen(x)
next(g)
print(sys.getrefcount(x))
del g
print(sys.getrefcount(x))
g = (x for _ in range(2))
print(sys.getrefcount(x))
next(g)
print(sys.getrefcount(x))
for w in g:
    print(sys.getrefcount(x))
del w
print(sys.getrefcount(x))


def sends():
    while True:
        got = yield
        print("held", sys.getrefcount(got))


s = sends()
next(s)
s.send(x)
print(sys.getrefcount(x))
s.send(object())
print(sys.getrefcount(x))
s.close()
