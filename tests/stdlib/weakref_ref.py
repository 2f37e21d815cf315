import weakref


class C:
    def __init__(self, v=0):
        self.v = v

    def __eq__(self, o):
        return isinstance(o, C) and self.v == o.v

    def __hash__(self):
        return hash(self.v)


a = C(1)
r = weakref.ref(a)
print(r() is a, weakref.ref(a) is r, weakref.getweakrefcount(a), weakref.getweakrefs(a) == [r], type(r).__name__, r.__callback__)
cb = weakref.ref(a, lambda x: print("cb1", x() is None))
cb2 = weakref.ref(a, lambda x: print("cb2"))
print(cb is r, weakref.getweakrefcount(a), r == cb, hash(r) == hash(a), r == weakref.ref(C(1)))
b = C(1)
rb = weakref.ref(b)
print(r == rb, r != rb, rb == rb)
text = repr(r)
print(text.split(" at 0x")[0], "; to 'C' at 0x" in text)
del a
print(r(), r == rb, r == r, repr(r).split("; ")[1], hash(r) == hash(1))
d = weakref.ref(C(2))
try:
    hash(d)
except TypeError as e:
    print(e)
for o in (1, "s", None, (), [], {}, object(), 1.5, b"", True, range(3)):
    try:
        weakref.ref(o)
        print("ok", o)
    except TypeError as e:
        print(e)


def f():
    pass


class L(list):
    pass


for o in (f, C, C(1), L(), {1}.__class__({1}), frozenset([1]), (x for x in ()), len, weakref, C(1).__init__, ValueError()):
    try:
        print(type(o).__name__, weakref.ref(o)() is o)
    except TypeError as e:
        print(e)
for fn in (lambda: weakref.ref(), lambda: weakref.ref(b, 1, 2), lambda: r(1), lambda: weakref.getweakrefcount(), lambda: weakref.ref(b, callback=None)):
    try:
        print(fn())
    except TypeError as e:
        print(e)
print(weakref.getweakrefcount(5), weakref.getweakrefs("x"))


class MyRef(weakref.ref):
    def __init__(self, o, cb=None, tag=None):
        super().__init__(o, cb)
        self.tag = tag

    def __new__(cls, o, cb=None, tag=None):
        return super().__new__(cls, o, cb)


m = MyRef(b, tag="t")
print(m() is b, m.tag, m is weakref.ref(b), weakref.ReferenceType is weakref.ref)
