import sys
x = object()
for v in [x]:
    print(sys.getrefcount(x))
print(sys.getrefcount(x))
del v
print(sys.getrefcount(x))
for v in [x, x, x]:
    pass
print(sys.getrefcount(x))
for i, v in enumerate([x]):
    print(i, sys.getrefcount(x))
v = None
while True:
    y = x
    print(sys.getrefcount(x))
    break
del y
print([sys.getrefcount(x) for _ in range(2)], [sys.getrefcount(w) for w in [x]], [sys.getrefcount(w) for w in (x, x)])
print(list(sys.getrefcount(w) for w in [x]))
print(sys.getrefcount(x))


def f():
    o = object()
    for w in (o,):
        print(sys.getrefcount(o))
    print(sys.getrefcount(o))
    for k, w in {"a": o}.items():
        print(sys.getrefcount(o))
    for w in {o}:
        print(sys.getrefcount(o))
    it = iter([o])
    print(sys.getrefcount(o))
    w = None
    next(it)
    print(sys.getrefcount(o))
    next(it, None)
    print(sys.getrefcount(o))


f()
