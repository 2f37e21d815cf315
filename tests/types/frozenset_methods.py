f = frozenset([1, 2, 3])
print(f, frozenset(), len(f), 2 in f, f == {1, 2, 3}, {1, 2, 3} == f, hash(f) == hash(frozenset([3, 2, 1])), f | {4}, {4} | f == {1, 2, 3, 4}, type({4} | f).__name__, type(f | {4}).__name__)
print(f & {1}, f - {1}, f ^ {1, 9} == frozenset([2, 3, 9]), f.union([4]) == {1, 2, 3, 4}, f.intersection([1]), f.difference([1, 2]), f.symmetric_difference([1, 2, 3]), f.isdisjoint([9]), f.issubset({1, 2, 3, 4}), f.issuperset([1]), f.copy() is f, f < {1, 2, 3, 4})
for g in (lambda: f.add(1), lambda: f.pop(), lambda: frozenset(5), lambda: frozenset([[]]), lambda: f + f, lambda: f[0], lambda: f.remove(1), lambda: f.clear()):
    try:
        print(g())
    except (AttributeError, TypeError) as e:
        print(type(e).__name__, e)
x = f
x |= {4}
print(x == {1, 2, 3, 4}, f, x is f, {f: "key"}[frozenset([1, 2, 3])], [m for m in dir(frozenset) if not m.startswith("__")])


class F(frozenset):
    pass


print(F([1]), type(F([1]) | {2}).__name__, F([1]) == frozenset([1]), frozenset(F([1])), type(F([1]).copy()).__name__)
