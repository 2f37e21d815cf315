import sys
l = []
changes = 0
before = sys.getsizeof(l)
for i in range(1000):
    l.append(None)
    now = sys.getsizeof(l)
    assert now >= before
    changes += now != before
    before = now
print("few reallocations", changes < 40)
big = sys.getsizeof(l)
del l[10:]
print("shrinks", sys.getsizeof(l) < big)
l.clear()
print("empty again", sys.getsizeof(l) == sys.getsizeof([]))
d = {i: i for i in range(1000)}
big = sys.getsizeof(d)
d.clear()
print("dict shrinks on clear", sys.getsizeof(d) < big)
d = dict.fromkeys(range(1000))
for i in range(995):
    del d[i]
print("deleting keys alone", sys.getsizeof(d) == big or sys.getsizeof(d) < big)
s = set(range(1000))
big = sys.getsizeof(s)
s.clear()
print("set shrinks on clear", sys.getsizeof(s) < big)
exact = list(range(7))
print(sys.getsizeof(exact.copy()) <= sys.getsizeof(exact))
