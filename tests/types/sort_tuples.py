"""Sorting tuples by their columns: ints, texts and floats that tie, and tuples that need the general way."""

import random

random.seed(7)


def check(rows, **more):
    """Sorts and checks against an insertion by comparison."""
    got = sorted(rows, **more)
    key = more.get("key", lambda row: row)
    if more.get("reverse"):
        ok = all(not key(a) < key(b) for a, b in zip(got, got[1:]))
    else:
        ok = all(not key(b) < key(a) for a, b in zip(got, got[1:]))
    # Equal rows keep their order, whichever way they are sorted.
    places = {id(row): place for place, row in enumerate(rows)}
    stable = all(key(a) != key(b) or places[id(a)] < places[id(b)] for a, b in zip(got, got[1:]))
    print(ok, stable, len(got) == len(rows))
    return got


n = 400
check([(random.randrange(5), str(random.randrange(20)), random.random()) for _ in range(n)])
check([(random.randrange(5), str(random.randrange(20)), random.random()) for _ in range(n)], reverse=True)
check([("k%d" % random.randrange(3), random.randrange(4), "x" * random.randrange(3)) for _ in range(n)])
check([(1, 2, 3) for _ in range(n)])
check([(random.randrange(3),) * random.randrange(1, 4) for _ in range(n)])
check([() for _ in range(n)] + [(1,)] * 3)
check([(random.choice(["é", "ü", "a", "ж", "𝄞", "", "\0", "a\0"]), random.randrange(3)) for _ in range(n)])
check([(random.choice([0.0, -0.0, 1.5, float("inf")]), random.randrange(9)) for _ in range(n)])
check([(random.randrange(2), random.choice([1, 1.5, True])) for _ in range(n)])
check([(random.randrange(2), 10 ** random.randrange(30)) for _ in range(n)])
check([(random.randrange(2), (random.randrange(2), "a")) for _ in range(n)])
check([(i % 3, n - i) for i in range(n)], key=lambda row: (row[0], -row[1]))
check([(i % 3, n - i) for i in range(n)], key=lambda row: (row[0], -row[1]), reverse=True)

# Columns that cannot be compared are only reached where those before are equal.
print(len(sorted([(i, object()) for i in range(50, 0, -1)])))
try:
    sorted([(i % 2, object()) for i in range(50)])
except TypeError as error:
    print(error)
try:
    sorted([(i % 2, None if i > 30 else i) for i in range(50)])
except TypeError as error:
    print(error)
try:
    sorted([(i % 2, "a" if i > 30 else i) for i in range(50)])
except TypeError as error:
    print(error)
nan = float("nan")
rows = [(float(i % 3), nan if i % 7 == 0 else float(i)) for i in range(40)]
print([row[0] for row in sorted(rows)])
print(sorted([(nan, i) for i in range(30, 0, -1)])[:3])


class Loud(int):
    compared = 0

    def __lt__(self, other):
        Loud.compared += 1
        return int.__lt__(self, other)


print([int(row[1]) for row in sorted([(i % 2, Loud(i)) for i in range(20, 0, -1)])], Loud.compared > 0)

# Sorted already, nearly sorted, all equal, one way and the other.
for rows in ([3] * 30, list(range(30)), list(range(30, 0, -1)), [float(i) for i in range(30)], [str(i) for i in range(30)]):
    copy = list(rows)
    copy.sort()
    back = sorted(rows, reverse=True)
    print(copy[0], copy[-1], back[0], back[-1], copy == back[::-1])
equal = [1000 + (i & 1) for i in range(40)]
kept = sorted(equal, reverse=True)
print([kept[i] is [x for x in equal if x == 1001][i] for i in range(3)])
words = ["prefixed-%d" % (i * 7 % 50) for i in range(50)] + ["prefixe", "prefixed", "prefixed-", ""]
words.sort()
print(words[:6], words[-1])
