import sys


def f():
    t = 1000
    return sys.getrefcount(t)


def g():
    a = 12345
    b = a
    c = 12345
    return sys.getrefcount(a)


def h():
    return sys.getrefcount(98765), sys.getrefcount((1, 2, 98764)), sys.getrefcount("a not identifier like!")


print(f(), f())
print(g())
print(h())
