# Special methods are looked up on the type, not on the instance.
class A:
    def __len__(self):
        return 1


a = A()
a.__len__ = lambda: 99
a.__str__ = lambda: "instance str"
a.__call__ = lambda: "called"
a.__iter__ = lambda: iter([1])
print(len(a), a.__len__(), str(a) != "instance str")
for f in (lambda: a(), lambda: list(a), lambda: a + 1, lambda: a[0]):
    try:
        print(f())
    except TypeError as e:
        print(e)
A.__call__ = lambda self: "class call"
A.__getitem__ = lambda self, i: i * 2
A.__iter__ = lambda self: iter("it")
A.__add__ = lambda self, o: "sum"
A.__len__ = lambda self: 7
print(a(), a[4], list(a), a + 1, len(a))
del A.__len__
try:
    len(a)
except TypeError as e:
    print(e)
A.__getattr__ = lambda self, n: "dynamic " + n
try:
    len(a.__class__())
except TypeError as e:
    print(e)
print(a.foo)
A.__bool__ = lambda self: False
print(bool(a), not a)
A.__hash__ = lambda self: 42
print(hash(a), {a: "x"}[a])
A.__eq__ = lambda self, o: o == "equal"
print(a == "equal", a == 5)
A.__contains__ = lambda self, x: x == 3
print(3 in a, 4 in a)
A.__enter__ = lambda self: "entered"
A.__exit__ = lambda self, *e: True
with a as v:
    print(v)
    raise ValueError
A.__iter__ = None
try:
    iter(a)
except TypeError as e:
    print(e)
A.__setattr__ = lambda self, n, v: print("setattr", n, v)
a.q = 1
A.__delattr__ = lambda self, n: print("delattr", n)
del a.q
A.__index__ = lambda self: 2
print([1, 2, 3][a], "abc"[a])
A.__repr__ = lambda self: "patched"
print(a, [a], f"{a!r}")
