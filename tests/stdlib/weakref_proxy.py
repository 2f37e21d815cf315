import weakref


class C:
    def __init__(self):
        self.v = 5

    def m(self, a):
        return self.v + a

    def __len__(self):
        return 3

    def __getitem__(self, k):
        return k * 2

    def __add__(self, o):
        return "added"

    def __radd__(self, o):
        return "radded"

    def __call__(self, x):
        return "called", x

    def __iter__(self):
        return iter((1, 2))

    def __contains__(self, x):
        return x == 7

    def __str__(self):
        return "str of C"

    def __bool__(self):
        return False

    def __eq__(self, o):
        return o == "me"

    def __int__(self):
        return 9


c = C()
p = weakref.proxy(c)
print(p.v, p.m(1), len(p), p[4], p + 1, 1 + p, p(8), list(p), 7 in p, 8 in p, str(p), bool(p), p == "me", int(p))
p.w = 1
print(c.w, weakref.proxy(c) is p, type(p).__name__, isinstance(p, C), p.__class__ is C, weakref.getweakrefcount(c))
del p.w
print(hasattr(c, "w"))
try:
    hash(p)
except TypeError as e:
    print(e)


class N:
    def __init__(self):
        self.a = 1


n = N()
q = weakref.proxy(n, lambda r: print("proxy callback"))
print(type(q).__name__, q.a, weakref.ProxyType is type(q), weakref.CallableProxyType is type(p))
del n
for f in (lambda: q.a, lambda: setattr(q, "a", 1), lambda: str(q), lambda: q + 1, lambda: bool(q), lambda: len(q), lambda: q == 1):
    try:
        print(f())
    except (ReferenceError, TypeError) as e:
        print(type(e).__name__, e)
print(repr(q).split(" at ")[0])
for o in (5, "s", []):
    try:
        weakref.proxy(o)
    except TypeError as e:
        print(e)
