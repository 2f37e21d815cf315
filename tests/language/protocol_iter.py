class Count:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        return self

    def __next__(self):
        if self.n == 0:
            raise StopIteration
        self.n -= 1
        return self.n


print(list(Count(3)), tuple(Count(2)), sum(Count(5)), max(Count(4)), 2 in Count(4), [*Count(2)])
for i in Count(3):
    if i == 1:
        continue
    print(i)
else:
    print("else")
for i in Count(3):
    break
else:
    print("never")


class BadIter:
    def __iter__(self):
        return 5


class NoNext:
    def __iter__(self):
        return self


for o in (BadIter(), NoNext(), 5, None):
    try:
        iter(o)
    except TypeError as e:
        print(e)
    try:
        for _ in o:
            pass
    except TypeError as e:
        print(e)
try:
    next([])
except TypeError as e:
    print(e)
print(next(iter([]), "default"), next(Count(0), None))
it = iter([1, 2, 3])
print(next(it), list(it), list(it))
vals = iter([3, 1, 0, 9])
print(list(iter(lambda: next(vals), 0)))
for i in range(3):
    for j in range(3):
        if j == 1:
            break
        print(i, j, end="; ")
print()
for a, (b, *c) in [(1, (2, 3, 4)), (5, "xy")]:
    print(a, b, c)
lst = [0, 0]
for lst[0] in range(3):
    print(lst)
print(it.__length_hint__(), iter([1, 2]).__length_hint__())
for name in "iter", "x":
    pass
print(name)
i = 0
while True:
    i += 1
    if i % 2:
        continue
    if i > 6:
        break
print(i)
