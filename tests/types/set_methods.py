s = {3, 1, 2}
s.add(4)
s.add(1)
s.discard(9)
s.discard(4)
s.remove(3)
print(sorted(s), len(s), 1 in s, 9 in s, {1, 2} == {2, 1}, set() == set(), {1} < {1, 2}, {1, 2} <= {1, 2}, {1} > set(), {1} >= {2}, {1} != {2})
a, b = {1, 2, 3, 4}, {3, 4, 5}
print(sorted(a | b), sorted(a & b), sorted(a - b), sorted(a ^ b), sorted(a.union(b, [9], "x" and ())), sorted(a.intersection([1, 3], (3,))), sorted(a.difference([1], [2])), sorted(a.symmetric_difference([1, 7])), a.isdisjoint({8}), a.issubset(range(10)), a.issuperset([1]), a.isdisjoint([1]))
a.update([5, 6], {7})
a.intersection_update(range(2, 7))
a.difference_update([2])
a.symmetric_difference_update({3, 99})
print(sorted(a), a.pop() in {4, 5, 6, 99}, len(a), a.copy() == a, a.copy() is a)
a.clear()
print(a, set(), {1}, set("aab") == {"a", "b"}, set(range(3)) == {0, 1, 2}, {(1, 2), (1, 2)}, {1, 1.0, True}, {frozenset({1})}, repr(set()))
for f in (lambda: set().pop(), lambda: {1}.remove(5), lambda: {[]}, lambda: {1} | [2], lambda: {1}.add([]), lambda: set(5), lambda: {1} + {2}, lambda: hash({1}), lambda: {1} < [1], lambda: set(1, 2), lambda: {1}.union(5), lambda: {1}.remove([]), lambda: {1} & "a", lambda: {1}.update(5), lambda: {1}[0], lambda: [] in {1}, lambda: {{}}, lambda: set(x=1)):
    try:
        print(f())
    except (KeyError, TypeError) as e:
        print(type(e).__name__, e)
print({1, 2} in [{2, 1}], {1} in {frozenset({1})}, [m for m in dir(set) if not m.startswith("__")])
try:
    for x in (t := {1, 2, 3}):
        t.add(x + 10)
except RuntimeError as e:
    print(e)


class S(set):
    pass


z = S([1])
print(z, type(z | {2}).__name__, type(z.copy()).__name__, z == {1}, type({2} | z).__name__)
