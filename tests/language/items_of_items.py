"""`row[k] * b[k][j]` with everything that may stand in the place of a number or of a row, after it was known well."""

import sys


def product(row, b, j):
    total = 0
    for k in range(len(row)):
        total += row[k] * b[k][j]
    return total


def known(b, j):
    for _ in range(50):
        product([1.5, 2, 3], [[1, 2.5], [3, 4], [5, 6]], j)
    return product([1, 2, 3], b, j)


class Row:
    def __init__(self, *items):
        self.items = items

    def __getitem__(self, index):
        print("asked for", index)
        return self.items[index]


class Number(int):
    def __rmul__(self, other):
        return f"{other} times {int(self)}"


for rows in (
    [[1, 2], [3, 4], [5, 6]],
    [[1, 2], (3, 4), [5, 6]],
    [[1, 2], Row(3, 4), [5, 6]],
    [[1, 2], [3, 10 ** 30], [5, 6]],
    [[1, 2], [3, True], [5, None]],
    [[1, 2], [3, 4.5]],
    [[1, 2], [3], [5, 6]],
    [[1, 2], None, [5, 6]],
    [[1, 2], {1: 7}, [5, 6]],
    [[1, 2], [3, Number(4)], [5, 6]],
):
    for j in (1, -1, -2, True):
        try:
            print(j, known(rows, j))
        except Exception as error:
            print(j, type(error).__name__, error)


class Holder:
    __slots__ = ("inner", "value")

    def __init__(self, value, inner=None):
        self.value = value
        self.inner = inner


def sums(holders):
    total = 0
    for h in holders:
        total += h.value * h.inner.value
    return total


def pairs(items):
    total = 0
    for a in items:
        total += a[0] * a[1][0]
    return total


chain = [Holder(k, Holder(k + 0.5)) for k in range(20)]
print(sums(chain), sums(chain))
for broken in (Holder(3), Holder("a", Holder(3)), Holder(2, Holder([1, 2])), Holder(2, chain)):
    try:
        print(sums([Holder(1, Holder(2)), broken, chain[1]]))
    except Exception as error:
        print(type(error).__name__, error)
        del error
item = [(k, (k + 1,)) for k in range(300)]
print(pairs(item), pairs([[2, [3]], (4, "ab"), (1, [()])][:1]))
for broken in ((4, "ab"), (1, ()), (1, [[]]), (2, ["x"]), (2, 5), (3,)):
    try:
        print(pairs(item[:30] + [broken]))
    except Exception as error:
        print(type(error).__name__, error)

# What is only read is not held.
value = 10 ** 40
grid = [[value, 1], [2, 3]]
before = sys.getrefcount(value), sys.getrefcount(grid[0]), sys.getrefcount(grid)
for _ in range(100):
    product([1, 2], grid, 0)
    try:
        product([1, 2, 3], grid, 0)
    except IndexError:
        pass
print(before == (sys.getrefcount(value), sys.getrefcount(grid[0]), sys.getrefcount(grid)))
