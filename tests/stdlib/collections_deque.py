from collections import deque
d = deque([1, 2, 3])
d.append(4)
d.appendleft(0)
d.extend([5, 6])
d.extendleft([-1, -2])
print(d, len(d), d[0], d[-1], d.pop(), d.popleft(), d)
d.rotate(2)
print(d)
d.rotate(-3)
d.rotate()
print(d, d.count(3), d.index(3), 3 in d, list(reversed(d)), d.maxlen)
d.insert(1, "x")
d.remove(2)
d.reverse()
d[0] = "first"
del d[-1]
print(d, d.copy() == d, d + deque([9]), d * 2 == d + d, d == deque(d), d < deque(["g"]), bool(deque()), deque("abc"))
m = deque(maxlen=3)
for i in range(5):
    m.append(i)
print(m, m.maxlen, deque([1, 2, 3], 2), deque(range(5), maxlen=0))
m.appendleft(9)
m += [7, 8]
m *= 2
print(m)
d.clear()
for f in (lambda: d.pop(), lambda: d.popleft(), lambda: d[0], lambda: deque([1]).remove(5), lambda: deque([1]).index(5), lambda: m.insert(0, 1), lambda: hash(d), lambda: deque(5), lambda: deque([], -1), lambda: deque([], "a"), lambda: d + [1], lambda: d[0:1], lambda: deque([1])["a"], lambda: setattr(m, "maxlen", 5)):
    try:
        print(f())
    except (IndexError, ValueError, TypeError, AttributeError) as e:
        print(type(e).__name__, e)
d = deque([1, 2])
try:
    for x in d:
        d.append(1)
except RuntimeError as e:
    print(e)
r = deque()
r.append(r)
print(r, repr(deque([1], 5)), deque([deque()]), [*deque([1, 2])], deque(range(1000))[500], sum(deque(range(100))))
big = deque()
for i in range(500):
    big.append(i)
    if i % 3 == 0:
        big.popleft()
print(len(big), big[0], big[-1], big[100])
