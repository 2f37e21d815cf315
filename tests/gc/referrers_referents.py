import gc


class C:
    pass


x = C()
l = [x]
d = {"k": x}
t = (x, l)
c = C()
c.attr = x
refs = gc.get_referrers(x)
print(any(r is l for r in refs), any(r is d for r in refs), any(r is t for r in refs), any(r is c or r is c.__dict__ for r in refs), any(r is globals() for r in refs))
print(sum(r is l for r in gc.get_referrers(x)), any(r is l for r in gc.get_referrers(x, 5)))
del refs
print(gc.get_referrers(object()), gc.get_referrers())
print(gc.get_referents([1, 2, "x"]), gc.get_referents((1, [2])), gc.get_referents({"a": 1}), gc.get_referents(5), gc.get_referents())
print(sorted(map(str, gc.get_referents({1, 2}))), gc.get_referents([1], (2,)))
print(any(r is C for r in gc.get_referents(x)), C in gc.get_referents(x))


def f(a=l):
    return c


print(any(r is f.__defaults__ or r is f.__code__ for r in gc.get_referents(f)), any(r is globals() for r in gc.get_referents(f)))


def outer():
    v = C()
    def inner():
        return v
    return inner, v


fn, v = outer()
cell = fn.__closure__[0]
print(any(r is cell for r in gc.get_referrers(v)), gc.get_referents(cell) == [v])
m = x.__init__ if False else c.__class__
it = iter(l)
print(gc.get_referents(it) == [l], gc.get_referents(iter(())) in ([()], []))
s = slice(1, [2], 3)
print(gc.get_referents(s))
print([type(o).__name__ for o in gc.get_referents(C.__init__)] != None, type(gc.get_referrers(l)).__name__)
