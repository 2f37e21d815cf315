"""Dictionaries whose keys are ints, and what happens when others join them."""


class Odd(int):
    def __eq__(self, other):
        print("eq", int(self), other)
        return int(self) == other

    __hash__ = int.__hash__


class Same:
    def __init__(self, n):
        self.n = n

    def __hash__(self):
        return self.n

    def __eq__(self, other):
        print("same", self.n, other)
        return False


P = 2**61 - 1
ints = [0, 1, -1, -2, 7, 10**6, P - 1, P, P + 1, -P, 2**63 - 1, 2**63, 10**30, -(2**63)]
for n in range(len(ints) + 1):
    table = {key: key for key in ints[:n]}
    for key in ints:
        assert (key in table) == (key in ints[:n]), (n, key)
        assert table.get(int(str(key))) == (key if key in ints[:n] else None), (n, key)
    for key in ints:
        table[int(str(key))] = -key
    assert len(table) == len(ints) and all(table[key] == -key for key in ints)


def ask(table, *keys):
    found = []
    for key in keys:
        found.append(table[key] if key in table else "-")
    return found


fresh = lambda: {n * 1000: n for n in range(20)}
print(ask(fresh(), 1000, 1000.0, 1001, True, 0, False, 0.0, None, "1000", -1, 5000 + 0j))
for other in (1.5, "text", (1,), None, True, Odd(3000), Odd(77), Same(4000), Same(78), P, -1):
    table = fresh()
    table[other] = "other"
    print(ask(table, 3000, 4000, 77, 78, 1, 1.0, -1, -2, 0, P, 19000), len(table))
    del table[other]
    print(ask(table, 3000, 4000, 77, 78, 1), len(table))
    table.clear()
    table[4000] = "again"
    print(ask(table, 3000, 4000.0, 4000))

# Copies, unions, growth and holes keep what is known of the keys, and learn.
table = fresh()
copies = [table.copy(), dict(table), table | {}, {**table}, dict(table.items()), dict.fromkeys(table, 1), {} | table]
for n, copy in enumerate(copies):
    copy[Same(2000)] = "same"
    print(n, ask(copy, 2000, 3000), len(copy))
for n in range(0, 20, 2):
    del table[n * 1000]
for n in range(100, 400):
    table[n] = n
table["name"] = "text"
table[2.5] = 1
print(ask(table, 1000, 2000, 399, 2.5, "name", "na" + "me"), len(table))
counted = {}
for n in [5, 5.0, True, 1, 10**18, 10**18, -1, -2, -1.0, 3 + 0j, 3]:
    counted[n] = counted.get(n, 0) + 1
print(counted)
