l = [1, 2, 3, 4]
for x in l:
    if x % 2:
        l.remove(x)
print(l)
l = [1]
for x in l:
    if len(l) < 10:
        l.append(x + 1)
print(l)
l = [1, 2, 3]
for x in l:
    l.clear()
print(l)
l = [3, 2, 1]
for x in l:
    l.sort()
print(l)
l = list(range(10))
for x in reversed(l):
    del l[x:]
print(l)
it = iter(l2 := [1, 2, 3])
next(it)
del l2[:]
print(list(it), next(it, "stays exhausted"))
l2.append(5)
print(list(it))
l = [1, 2, 3]
it = iter(l)
print(list(zip(it, it)))
l = [1, 2, 3]
print([l.pop() for x in l], l)
l = [[1], [2]]
for x in l:
    x.extend(l) if len(x) < 3 else None
print(len(l[0]), len(l[1]))
l = [0]
l.extend(x for x in [1, 2] if l.append(9) is None)
print(l)
l = [1, 2, 3]
l[:] = (l.pop() for _ in range(3))
print(l)
l = [1, 2, 3]
l.extend(l)
l += l
print(l)
