for action in ("s.add(100)", "s.discard(1)", "s.clear()", "s.pop()", "s.update({7, 8})", "s |= {50}"):
    s = {1, 2, 3}
    try:
        for x in s:
            exec(action)
        print(action, "finished")
    except RuntimeError as e:
        print(action, e)
s = {1, 2, 3}
it = iter(s)
next(it)
s.add(10)
for _ in range(2):
    try:
        next(it)
    except RuntimeError as e:
        print(e)
s = {1}
s.update(x + 1 for x in list(s))
print(s)
try:
    s.update(s.add(x + 10) or x for x in s)
except RuntimeError as e:
    print(e)
s = {1, 2}
s &= s
s |= s
s -= s
print(s)
s = {1, 2}
s.update(s)
s.intersection_update(s, s)
s ^= s
print(s)
from collections import deque
d = deque([1, 2, 3])
for action in ("d.append(1)", "d.pop()", "d.rotate(1)", "d.clear()", "d[0] = 5"):
    d = deque([1, 2, 3])
    try:
        for x in d:
            exec(action)
        print(action, "finished", d)
    except RuntimeError as e:
        print(action, e)
