"""Dictionaries with strings as keys that are equal without being one object, and characters of strings by index."""

import sys


def fresh(text):
    return "".join(list(text)) if len(text) > 1 else text


samples = ["", "a", "ab", "abc", "abcd", "abcdefg", "abcdefgh", "abcdefghi", "abcdefghijklmnop", "abcdefghijklmnopq"]
samples += ["x" * 64, "x" * 65, "x" * 300, "é" * 3, "é" * 20, "ab\u20ac", "\u20ac" * 9, "\U0001f600b", "\U0001f600" * 9]
# Texts that differ in one character, in every place.
for text in list(samples):
    if 1 < len(text) < 20:
        for i in range(len(text)):
            samples.append(text[:i] + ("z" if ord(text[i]) < 256 else "\u20ad") + text[i + 1 :])
table = {}
for n, text in enumerate(samples):
    table[fresh(text)] = n
print(len(samples), len(table), len(set(map(fresh, samples))))
right = missing = 0
for _ in range(3):
    for n, text in enumerate(samples):
        key = fresh(text)
        right += table[key] == table[text] and (key in table) and table.get(key) == table[fresh(text)]
        key = fresh(text + "!")
        missing += key not in table
print(right, missing)
for _ in range(2):
    for text in samples:
        table[fresh(text)] += 1
        table[fresh(text)] = table[fresh(text)] + 1
print(sum(table.values()), {k: 1 for k in map(fresh, samples)} == {k: 1 for k in samples})

# The first of equal keys stays, the second goes.
one, two = fresh("first of them"), fresh("first of them")
kept = {one: 1}
counts = sys.getrefcount(one), sys.getrefcount(two)
for _ in range(5):
    kept[two] = _
    kept[fresh("first of them")] = _
print(next(iter(kept)) is one, sys.getrefcount(one) - counts[0], sys.getrefcount(two) - counts[1], kept)


# What is replaced goes when the new value is in.
class Noisy:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name, {k: v if isinstance(v, int) else v.name for k, v in noisy.items()})


noisy = {fresh("key one"): Noisy("a")}
for name in "bc":
    noisy[fresh("key one")] = Noisy(name)
noisy[fresh("key two")] = Noisy("d")
noisy[fresh("key two")] = 5
noisy.clear()


# Keys with the hash of a string that are none.
class Like:
    def __init__(self, text):
        self.text = text

    def __hash__(self):
        return hash(self.text)

    def __eq__(self, other):
        print("eq", self.text, other if isinstance(other, str) else other.text)
        return self.text == (other if isinstance(other, str) else other.text)


class Sub(str):
    def __eq__(self, other):
        print("sub", str(self), str(other))
        return str.__eq__(self, other)

    __hash__ = str.__hash__


odd = {Like("text here"): 1, Sub("another text"): 2}
for key in ("text here", "another text"):
    for _ in range(3):
        print(odd[fresh(key)], fresh(key) in odd)
    odd[fresh(key)] = 7
print(len(odd), list(odd.values()))
plain = {fresh("text here"): 1}
for _ in range(2):
    print(plain[Like("text here")], plain[Sub("text here")])


# One instruction, many dictionaries.
def read(d):
    return d["wanted"]


def write(d, k):
    d[k] = 1
    d[k] = 2
    return d[k]


several = [{"wanted": 1}, {"a": 0, "wanted": 2}, {i: i for i in range(300)} | {"wanted": 3}, {fresh("wanted"): 4}]
gone = {"a": 1, "wanted": 5, "b": 2}
del gone["wanted"]
for d in several * 2 + [gone, {}, type("D", (dict,), {"__missing__": lambda self, key: key})()] + several:
    try:
        print(read(d), end=" ")
    except KeyError as error:
        print("KeyError", error, end=" ")
gone["wanted"] = 6
print(read(gone), read({"wanted": [1]}))
for key in ("short", fresh("not interned"), 1, 2.5, (1, 2), fresh("not interned"), None, True):
    print(write({}, key), write({"x": []}, key), end=" ")
print()
number = {1: "a", 2: "b"}
print([number[1] for number in ({1: "x"}, {True: "y"}, {1.0: "z"}, {0: 0, 1: 2})])


# Characters.
def pick(s, i):
    return s[i]


def first(s):
    return s[0], s[-1], s[1]


for s in ("hello", "h\xe9llo", "h\u20acllo", "\U0001f600llo", "", "x"):
    for i in (0, 1, -1, 4, 5, -6, True, 2**70, "0", None):
        try:
            print(repr(pick(s, i)), end=" ")
        except (IndexError, TypeError) as error:
            print(type(error).__name__, error, end=" ")
    try:
        print(first(s))
    except IndexError as error:
        print(error)
print([fresh("abc")[1] for _ in range(3)], [(str(10**n) + "x")[n] for n in range(4)], "abc"[2], [pick(list("ab"), 1), pick((1, 2), 1)])
letter = "letters"
before = sys.getrefcount(letter)
for i in range(7):
    letter[i], letter[2], fresh("other")[3]
print(sys.getrefcount(letter) - before, letter[1] is first("xe")[1], first("\xe9\xe9")[0] is first("\xe9 ")[0])

# Dictionaries that are temporaries of the instruction: names of a module, and results.
module = {"one": 1, 2: "two", (3,): 4}
base = sys.getrefcount(module)
name = fresh("a fresh name")
for _ in range(40):
    module["one"], module[2], module[(3,)]
    module[name] = _
    module[fresh("a fresh name")] += 1
    module[_] = _
    module["one"] = module[fresh("a fresh name")]
    {"x": _}["x"], {fresh("yy"): _}[fresh("yy")], {_: 1}[_]
    dict(k=_)["k"] = 5
print(sys.getrefcount(module) - base, len(module), module["one"], module[39])
for missing in ("none", 1000, fresh("none of them")):
    for _ in range(3):
        try:
            module[missing]
        except KeyError as error:
            print(error, sys.getrefcount(module) - base, end=" ")
print()


class Counts:
    def __del__(self):
        print("del", sys.getrefcount(module) - base)


for _ in range(3):
    module["one"] = Counts()
    module[fresh("a fresh name")] = Counts()
    module[5] = Counts()
module["one"] = module[fresh("a fresh name")] = module[5] = 0
globals()["by_name"] = 1
print(by_name, globals()["name"], globals()[fresh("name")])
for _ in range(3):
    globals()["by_name"] = _
    globals()[f"made_{_}"] = by_name
print(made_0, made_1, made_2, by_name)
