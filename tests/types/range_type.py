for r in (range(5), range(2, 5), range(0, 10, 3), range(5, 0, -1), range(5, 0), range(0), range(-3, 3, 2), range(10 ** 20, 10 ** 20 + 3)):
    print(r, len(r), list(r), list(reversed(r)), r.start, r.stop, r.step, bool(r))
r = range(0, 100, 7)
print(r[0], r[-1], r[2:5], r[::-1], r[::2], 14 in r, 15 in r, 14.0 in r, "a" in r, r.index(21), r.count(21), r.count(22), max(r), min(r), sum(r), r[slice(1, 3)])
print(range(3) == range(0, 3, 1), range(0) == range(5, 5), range(0, 3, 2) == range(0, 4, 2), hash(range(3)) == hash(range(0, 3)), range(1) != range(2), repr(range(1, 2, 1)), range(5)[True])
print(len(range(10 ** 18)), 10 ** 30 in range(10 ** 31), range(10 ** 30)[10 ** 29], sum(range(100001)))
for f in (lambda: range(), lambda: range(1.5), lambda: range("a"), lambda: range(1, 2, 0), lambda: range(3)[5], lambda: range(3)["a"], lambda: range(1, 2, 3, 4), lambda: range(3).index(9), lambda: len(range(10 ** 30)), lambda: range(3) + range(3), lambda: range(3) < range(4), lambda: range(3).start.x, lambda: setattr(range(3), "start", 1), lambda: range(None)):
    try:
        print(f())
    except (TypeError, ValueError, IndexError, OverflowError, AttributeError) as e:
        print(type(e).__name__, e)
it = iter(range(3))
print(next(it), list(it), it.__length_hint__(), type(it).__name__, type(iter(range(10 ** 30))).__name__)


class I:
    def __index__(self):
        return 4


print(list(range(I())), [x for x in range(10, 0, -3)], [*range(3)], list(range(3))[1:], tuple(range(0, -5, -2)))
