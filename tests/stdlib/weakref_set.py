import weakref


class C:
    def __init__(self, n):
        self.n = n


a, b, c = C(1), C(2), C(3)
s = weakref.WeakSet([a, b])
s.add(c)
s.add(a)
s.add(C(9))
print(len(s), a in s, 5 in s, sorted(o.n for o in s))
del b
print(len(s), sorted(o.n for o in s))
t = weakref.WeakSet([a])
print(sorted(o.n for o in s | t), [o.n for o in s & t], [o.n for o in s - t], [o.n for o in s ^ t], t <= s, s >= t, t < s, s.isdisjoint(t), t.issubset(s), s == weakref.WeakSet([a, c]))
s.discard(c)
s.discard(c)
try:
    s.remove(c)
except KeyError:
    print("KeyError")
print(s.pop() is a, len(s))
try:
    s.pop()
except KeyError as e:
    print(type(e).__name__, e)
s.update([a, c])
s.clear()
print(len(s), bool(s), len(s.copy()))
for bad in (5, "x"):
    try:
        s.add(bad)
    except TypeError as e:
        print(e)
big = [C(i) for i in range(10)]
w = weakref.WeakSet(big)
del big[::2]
print(len(w), sorted(o.n for o in w))
for o in w:
    big.clear()
del o
print(len(w))
