t = (1, 2, 3, 2)
print(t, len(t), t[0], t[-1], t[1:3], t[::-1], t.count(2), t.index(2), t.index(2, 2), 3 in t, t + (4,), t * 2, 2 * (1,), t == (1, 2, 3, 2), t < (1, 3), hash(t) == hash((1, 2, 3, 2)))
print((), (1,), ((),), ((1,),), (1, (2, [3])), tuple(), tuple("ab"), tuple([1]), tuple(range(3)), tuple({"k": 1}), repr((1,)), str(("a",)))
for f in (lambda: t[10], lambda: t["a"], lambda: t.index(9), lambda: t + [1], lambda: t * "a", lambda: hash(([],)), lambda: tuple(5), lambda: tuple(1, 2), lambda: t.count(), lambda: t.index(2, 4), lambda: t < 5, lambda: t[::0], lambda: t * 10 ** 19):
    try:
        print(f())
    except (IndexError, ValueError, TypeError, OverflowError, MemoryError) as e:
        print(type(e).__name__, e)
for code in ("t[0] = 1", "del t[0]", "t.x = 1", "t[0:1] = ()"):
    try:
        exec(code)
    except (TypeError, AttributeError) as e:
        print(code, "->", type(e).__name__, e)
r = ([],)
r[0].append(r)
print(r)


class T(tuple):
    def __new__(cls, a, b):
        return super().__new__(cls, (a, b))

    first = property(lambda self: self[0])


x = T(1, 2)
print(x, x.first, type(x[:]).__name__, type(x + (3,)).__name__, x == (1, 2), isinstance(x, tuple), hash(x) == hash((1, 2)))
print([m for m in dir(tuple) if not m.startswith("__")])
