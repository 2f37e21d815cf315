import sys


def outer():
    v = []
    print(sys.getrefcount(v))

    def inner():
        return sys.getrefcount(v)
    print(sys.getrefcount(v), inner())
    other = v
    print(inner())
    del other
    return inner


f = outer()
print(f(), sys.getrefcount(f.__closure__[0].cell_contents))
x = object()
g = (lambda a: lambda: a)(x)
print(sys.getrefcount(x))
del g
print(sys.getrefcount(x))
h = lambda a=x: a
print(sys.getrefcount(x))
del h
print(sys.getrefcount(x))


def counter():
    n = 0

    def bump():
        nonlocal n
        n += 1
        return n
    return bump


c = counter()
c(); c()
print(c(), sys.getrefcount(c), sys.getrefcount(c.__closure__))
