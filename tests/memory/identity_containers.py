print(() is (), tuple() is (), tuple([]) is (), (1, 2)[:0] is (), [] is [], {} is {})
t = (1, 2)
print(tuple(t) is t, t[:] is t, t + () is t, () + t is t, t * 1 is t, (1, 2) is (1, 2))
l = [1, 2]
print(list(l) is l, l[:] is l, l.copy() is l, l * 1 is l)
print(frozenset() is frozenset(), frozenset(f := frozenset([1])) is f, f.copy() is f, f | set() is f, set(s := {1}) is s)
print(b"" is bytes(), b"a" is b"ab"[:1], bytes(b := b"xyz") is b, b[:] is b, b + b"" is b)
d = {"a": []}
print(d.copy()["a"] is d["a"], dict(d) is d, d.get("a") is d["a"])
n = [[]] * 3
n[0].append(1)
print(n, n[0] is n[2])


def f(a=[]):
    return a


print(f() is f(), f([]) is f())


def g():
    return (1, 2, (3, 4))


def h(x):
    return (1, x)


print(g() is g(), h(1) is h(1), g()[2] is g()[2])
print(None is None, True is (1 == 1), type(None)() is None, NotImplemented is NotImplemented, ... is Ellipsis)
print(int(i := 1000) is i, float(fl := 1.25) is fl, str(st := "some text") is st, +i is i, abs(i) is i, round(i) is i, int(1000.0) is i)
a = b = object()
print(a is b, a is not object(), id(a) == id(b))
