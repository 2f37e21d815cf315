# Dictionaries whose keys are all strings, others, and those that turn from one into the other, of every small size.


class Text(str):
    pass


class Key:
    """Compares equal to a string, and counts how often it is asked."""

    asked = 0

    def __init__(self, text):
        self.text = text

    def __hash__(self):
        return hash(self.text)

    def __eq__(self, other):
        Key.asked += 1
        return self.text == getattr(other, "text", other)

    def __repr__(self):
        return f"Key({self.text!r})"


print("# strings first, then one of another kind, at every size")
for size in range(14):
    table = {f"k{number}": number for number in range(size)}
    for extra in (1, 2.5, None, (1, "k1"), b"k1", Text("text"), Key("key"), -1, True):
        table[extra] = size
        assert table[extra] == size and extra in table
    for number in range(size):
        assert table[f"k{number}"] == number and table[Text(f"k{number}")] == number and table[Key(f"k{number}")] == number
    print(size, len(table), list(table)[size:], list(table.values())[-1])
    for number in range(0, size, 2):
        del table[f"k{number}"]
    table["k0"] = "again"
    print(list(table)[:3], list(table)[-1], table["k0"], "k2" in table)

print("# others first")
for first in (1, None, Text("a"), Key("a")):
    table = {first: 0}
    for number in range(8):
        table[f"a{number}"] = number
    print(table, table.get("a"), table.get("a7"), table.get("a8"))

print("# from displays of each size, and one more")
for table in ({}, {"a": 1}, {"a": 1, "b": 2}, {"a": 1, "b": 2, "c": 3}, {"a": 1, "b": 2, "c": 3, "d": 4}, {"a": 1, "b": 2, "c": 3, "d": 4, "e": 5}):
    copies = [table.copy(), dict(table), {**table}, table | {}, dict(table.items()), dict(**table)]
    for copy in copies:
        copy["z"] = 26
        copy[26] = "z"
        copy["y"] = 25
    print(copies[0], all(copy == copies[0] and list(copy) == list(copies[0]) for copy in copies), len(table))

print("# strings that were made, not interned")
table = {}
for number in range(300):
    table["".join(["n", str(number)])] = number
print(all(table["n" + str(number)] == number for number in range(300)), "n300" in table, "".join(["n", "5"]) in table)
for number in range(0, 300, 3):
    del table[f"n{number}"]
table[7] = "seven"
print(len(table), sum(value for value in table.values() if type(value) is int), table[7], list(table)[:3], "n0" in table)

print("# emptied and filled again")
for keys in (["a", "b", "c"], [1, 2, 3], ["a", 1, "b", 2, "c"]):
    table = dict.fromkeys(keys)
    for _ in range(4):
        while table:
            table.popitem()
        table.update({"x": 1, "y": 2})
        table[0] = 0
        table.clear()
        table.update(dict.fromkeys(keys, "v"))
    while len(table) > 1:
        del table[next(iter(table))]
    print(table)

print("# a queue")
table = {}
for number in range(1000):
    table[str(number)] = number
    if len(table) > 3:
        del table[next(iter(table))]
print(table, next(iter(table)), next(reversed(table)))

print("# a comparison that changes the dictionary")


class Changing:
    def __init__(self, change):
        self.change, self.calls = change, 0

    def __hash__(self):
        return hash("same")

    def __eq__(self, other):
        self.calls += 1
        if self.calls == 1:
            self.change(self.calls)
        return False


for change in ("table[calls] = calls", "table[str(calls)] = calls", "table.pop('same', None)", "table.clear()",
               "table.clear(); table.update(same=calls)", "table.update(a=1, b=2, c=3, d=4)", "table.update({1: 1, 2: 2, 3: 3, 4: 4, 5: 5})"):
    for start in ({"same": 0}, {"same": 0, "x": 1, "y": 2}, {"same": 0, 1: 1}):
        table = dict(start)
        key = Changing(lambda calls: exec(change, {"table": table, "calls": calls}))
        print(change, key in table, table, key.calls > 0)

print("# iteration while values change, and keys")
table = {"a": 1, "b": 2}
for name in table:
    table[name] = table[name] * 10
print(table)
try:
    for name in table:
        table[5] = 1
except RuntimeError as error:
    print(error, table)
print(Key.asked > 0)
