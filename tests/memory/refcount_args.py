import sys


def one(p):
    return sys.getrefcount(p)


def two(p, q):
    return sys.getrefcount(p)


def star(*args):
    return sys.getrefcount(args[0]), sys.getrefcount(args)


def kw(**kwargs):
    return sys.getrefcount(kwargs["k"]), sys.getrefcount(kwargs)


def default(p=[]):
    return sys.getrefcount(p)


def kwonly(*, p):
    return sys.getrefcount(p)


def deep(p, n):
    return sys.getrefcount(p) if n == 0 else deep(p, n - 1)


def rebinding(p):
    p = None
    return sys.getrefcount(x)


def dropping(p):
    del p
    return sys.getrefcount(x)


x = object()
print(one(x), one(p=x), one(object()), two(x, x), two(x, 1))
print(star(x), star(x, x), star(object()))
print(kw(k=x), kw(k=object()), kw(**{"k": x}))
print(default(), default(x), default([]))
print(kwonly(p=x), deep(x, 0), deep(x, 1), deep(x, 5))
print(rebinding(x), dropping(x))
args = (x,)
print(one(*args), star(*args), one(*[x]))
print((lambda p: sys.getrefcount(p))(x), (lambda: sys.getrefcount(x))())
print(sys.getrefcount(x))
