"""Iterators over ranges at the ends of 64 bits: items, what is left, and copies."""

MOST = 2**63 - 1
LEAST = -(2**63)


def show(r):
    it = iter(r)
    items = []
    for item in it:
        items.append(item)
        if len(items) > 4:
            break
    print(r, items, it.__length_hint__(), it.__reduce__())


for r in (
    range(0), range(5, 0), range(MOST - 2, MOST), range(LEAST, MOST, 2**62), range(LEAST, MOST, MOST),
    range(MOST, LEAST, -(2**62)), range(MOST, LEAST, LEAST), range(LEAST, LEAST + 3), range(LEAST + 2, LEAST, -1),
    range(MOST, MOST - 3, -1), range(0, MOST, MOST), range(LEAST, MOST), range(MOST, LEAST, -1), range(10, -10, -7),
):
    show(r)
    it = reversed(r)
    print(type(it).__name__, [item for _, item in zip(range(4), it)], it.__length_hint__(), it.__reduce__())

for state in (-1, 0, 1, 3, 4, 5, 100):
    it = iter(range(0, 10, 3))
    it.__setstate__(state)
    print(state, list(it), it.__length_hint__(), next(it, None), it.__reduce__())


def triangle(n):
    total = 0
    for i in range(n):
        for j in range(i, -1, -1):
            total += j
    return total


print(triangle(100), triangle(400))
it = iter(range(3))
print(list(it), list(it), next(it, "end"))
