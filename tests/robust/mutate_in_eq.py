class Eq:
    def __init__(self, action):
        self.action = action

    def __eq__(self, o):
        self.action()
        return False

    def __hash__(self):
        return 1


l = [1, 2, 3, 4]
print(Eq(l.clear) in l, l)
l = [1, 2, 3]
try:
    l.remove(Eq(l.clear))
except ValueError as e:
    print(e, l)
l = [1, 2, 3]
try:
    l.index(Eq(lambda: l.clear()))
except ValueError:
    print("index", l)
l = [1, 2, 3]
print(l.count(Eq(lambda: l.append(5) if len(l) < 6 else None)), l)
l = [Eq(lambda: l.clear()), 2, 3]
print(l == [1, 2, 3], l)
l = [1, 2, 3]
m = [Eq(lambda: (l.clear(), m.clear())), 5, 6]
print(m == l, l, m)
d = {}
k = Eq(lambda: d.clear())
d[k] = 1
try:
    print(d.get(Eq(lambda: d.clear())), d)
except RuntimeError as e:
    print(e)
d = {Eq(lambda: None): 1}
key = Eq(lambda: d.update({len(d) + 10: 0}) if len(d) < 20 else None)
d[key] = 2
print(len(d) >= 2, d[key])
s = set()
s.add(Eq(lambda: None))
try:
    print(Eq(lambda: s.clear()) in s, len(s))
except RuntimeError as e:
    print(e)
s = {Eq(lambda: None)}
s.add(Eq(lambda: s.clear()))
print(len(s) in (0, 1, 2))
s, t = {Eq(lambda: None)}, {Eq(lambda: s.clear())}
try:
    print(s == t, len(s))
except RuntimeError as e:
    print(e)
from collections import deque
q = deque([1, 2, 3])
try:
    q.remove(Eq(q.clear))
except (IndexError, ValueError, RuntimeError) as e:
    print(type(e).__name__)
q = deque([1, 2, 3])
try:
    print(Eq(q.clear) in q)
except RuntimeError as e:
    print(e)
print("alive")
