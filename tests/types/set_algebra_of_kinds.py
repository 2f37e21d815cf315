"""The algebra of sets whose elements compare with and without code of the program, step by step."""

import sys

log = []


class Key:
    def __init__(self, n):
        self.n = n

    def __hash__(self):
        return hash(self.n)

    def __eq__(self, other):
        log.append((self.n, other.n if isinstance(other, Key) else other))
        return self.n == (other.n if isinstance(other, Key) else other)

    def __repr__(self):
        return f"Key({self.n})"


def shown(result):
    text = (list(result), log[:])
    log.clear()
    return text


ints = set(range(20))
mixed = {Key(3), 4, "x", Key(40), (1, 2), 5.0, Key(7), 100}
texts = {"x", "y", "z", "", "long enough a text"}
sets = [ints, mixed, texts, frozenset(), {1.0, True, 0}, {(1, 2), (3,), ()}]
keys = ["ints", "mixed", "texts", "empty", "numbers", "tuples"]
for a, left in zip(keys, sets):
    for b, right in zip(keys, sets):
        if "texts" in (a, b) or (a, b) == ("mixed", "mixed"):
            # The order of texts differs from run to run.
            parts = [len(left & right), len(left | right), len(left - right), len(left ^ right)]
            log.clear()
            print(a, b, parts, left <= right)
            continue
        if "mixed" in (a, b):
            parts = [sorted(map(repr, s)) for s in (left & right, left | right, left - right, left ^ right)]
            asked = sorted(set(map(repr, log)))
            log.clear()
            print(a, b, parts, asked)
            continue
        print(a, b, shown(left & right), shown(left | right), shown(left - right), shown(left ^ right))

# In place, with one's own self and with a part.
for operator in ("|=", "&=", "-=", "^="):
    for other in (range(5, 25), range(0), range(20)):
        s, o = set(range(20)), set(other)
        exec(f"s {operator} o")
        print(operator, sorted(s), end=" ")
    s = set(range(5))
    exec(f"s {operator} s")
    print(s)

# A comparison that changes the set, or fails.
class Unruly:
    def __init__(self, action):
        self.action = action

    def __hash__(self):
        return 5

    def __eq__(self, other):
        return self.action(other)


def fail(other):
    raise ArithmeticError(repr(other))


target = set(range(10))
for name in ("union", "intersection", "difference", "symmetric_difference", "update", "isdisjoint"):
    for source in ({2, Unruly(fail), 30}, [2, Unruly(fail), 30]):
        try:
            print(name, getattr(set(target), name)(source))
        except ArithmeticError as error:
            print(name, error)
grown = {1, 2}
grown.update([Unruly(lambda other: grown.add(77) or False), 5, 6, Unruly(lambda other: grown.discard(6) or False)])
print(len(grown), sorted(n for n in grown if isinstance(n, int)))

# A list that changes while its items are added.
source = [1, 2, 3]


class Shortens:
    def __hash__(self):
        source.clear()
        return 9


source.append(Shortens())
source.append(4)
made = set(source)
print(len(made), source)


# Unhashable items, and what was added before them.
kept = {0}
try:
    kept.update([1, "a", [], 2])
except TypeError as error:
    print(error, sorted(map(str, kept)))
try:
    {x for x in (1, 2, [3])}
except TypeError as error:
    print(error)

# Comprehensions: each of two equal keys, and its count.
class Dies(str):
    def __del__(self):
        print("del", self)


first = "".join(["a", "b"])
second = "".join(["a", "b"])
made = {x for x in (first, second)}
print(next(iter(made)) is first, sys.getrefcount(second))
made = {x: n for n, x in enumerate((first, second, 10**9, 10**9 + 0, 1.0, True, None, (1,)))}
print(made, next(iter(made)) is first)
print(len({Dies("x") for _ in range(3)}))
print({n * 10**6: Dies("value") for n in (1, 1)}.keys())
big = 2**40
before = sys.getrefcount(big)
table = {big: big}
table2 = {k: v for k, v in table.items()}
held = {k for k in table}
print(sys.getrefcount(big) - before)
del table, table2, held
print(sys.getrefcount(big) - before)
stored = {}
for n in range(2000):
    stored[n * 3] = n
    stored[str(n)] = [n]
print(len(stored), stored[2997], stored["1999"], sum(k for k in stored if isinstance(k, int)))
words = {w: len(w) for w in "a bb ccc a dd bb".split()}
print(words)
