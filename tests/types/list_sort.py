# stress: skip
import functools
data = [(i * 7919) % 101 for i in range(60)]
print(sorted(data) == sorted(data, reverse=True)[::-1], sorted(data)[:5])


class K:
    def __init__(self, v, tag):
        self.v, self.tag = v, tag

    def __lt__(self, o):
        return self.v < o.v


ks = [K(i % 3, i) for i in range(12)]
ks.sort()
print([(k.v, k.tag) for k in ks])
ks.sort(reverse=True)
print([(k.v, k.tag) for k in ks])
print(sorted([3, 1.5, True, 2]), sorted("banana"), sorted({"b": 1, "a": 2}), sorted([[2], [1, 5], [1]]), sorted([(1, "b"), (1, "a")]))
print(sorted([1, 2, 3], key=functools.cmp_to_key(lambda a, b: b - a)), sorted(["aa", "b"], key=len), sorted(range(5), key=lambda x: -x))
for f in (lambda: sorted([1, "a"]), lambda: sorted([None, 1]), lambda: sorted([1, 2], key=lambda x: 1 / 0), lambda: sorted([{}, {}]), lambda: sorted(5), lambda: sorted([1], cmp=1), lambda: sorted([1], None), lambda: [2, 1].sort(reverse="x")):
    try:
        print(f())
    except (TypeError, ZeroDivisionError) as e:
        print(type(e).__name__, e)
calls = []


class Count:
    def __init__(self, v):
        self.v = v

    def __lt__(self, o):
        calls.append(1)
        return self.v < o.v


sorted([Count(i) for i in range(100)])
print(len(calls))
calls.clear()
sorted([Count(-i) for i in range(100)])
print(len(calls))
partly = [Count(5), Count(1)]
try:
    l = [3, 1, "x", 2]
    l.sort()
except TypeError:
    print(sorted(map(str, l)))
big = [(i * 7919) % 10007 for i in range(20000)]
big.sort()
print(all(a <= b for a, b in zip(big, big[1:])), sorted([0] * 5 + [1] * 5, key=lambda v: -v))
