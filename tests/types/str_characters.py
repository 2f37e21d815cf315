"""Characters: ord, chr, str and comparisons at sites that have become used to them, and strings that grow in place."""

import sys


class Text(str):
    pass


def codes(items):
    out = []
    for item in items:
        try:
            out.append(ord(item))
        except TypeError as error:
            out.append(str(error))
    return out


print(codes(["a", "\xff", "\u0100", "\U0001F600", Text("x"), b"y", bytearray(b"z"), "", "ab", 5, None, "q"]))


def characters(items):
    out = []
    for item in items:
        try:
            out.append(chr(item))
        except (TypeError, ValueError, OverflowError) as error:
            out.append(type(error).__name__ + ": " + str(error))
    return out


class Index:
    def __index__(self):
        return 66


print(ascii(characters([65, 255, 256, 0, -1, 0x10FFFF, 0x110000, 2 ** 70, True, Index(), 1.0, "a", 97])))


def texts(items):
    return [str(item) for item in items]


class Named:
    def __str__(self):
        return Text("named")


class Loud(int):
    def __str__(self):
        return "loud"


made = texts([0, 7, -1, 12345, 2 ** 62, -2 ** 63, 2 ** 64, True, None, "text", Text("t"), Named(), Loud(3), 1.5])
print(made, [type(text).__name__ for text in made])


def with_builtins(n):
    out = []
    for i in range(n):
        if i == 3:
            globals()["ord"] = lambda c: "mine " + c
            globals()["chr"] = lambda c: "mine %d" % c
            globals()["str"] = lambda c: "mine too"
        out += [ord("a"), chr(98), str(i)]
    del globals()["ord"], globals()["chr"], globals()["str"]
    out += [ord("a"), chr(98), str(9)]
    return out


print(with_builtins(5))


def compare(a, b):
    return [a < b, a <= b, a == b, a != b, a > b, a >= b]


def branches(a, b):
    out = ""
    if a < b: out += "<"
    if a <= b: out += "[="
    if a == b: out += "="
    if a != b: out += "!"
    if a > b: out += ">"
    if a >= b: out += "]="
    if not a < b: out += "n<"
    if not a <= b: out += "n["
    if not a > b: out += "n>"
    if "b" <= a <= "y": out += "in"
    return out


some = ["", "a", "b", "ab", "aa", "\xe9", "e\u0301", "\u0394", "a\u0394", "\U00010000", "\uffff", "z", "zz", "a\0"]
for a in some:
    for b in some:
        built = "".join(list(b))
        found = compare(a, built)
        marks = ["<" in branches(a, built).replace("n<", ""), "[=" in branches(a, built),
                 "=" in branches(a, built).replace("[=", "").replace("]=", ""), "!" in branches(a, built),
                 ">" in branches(a, built).replace("n>", ""), "]=" in branches(a, built)]
        assert found == marks, (a, b)
    print(ascii(a), [branches(a, b) for b in some])


def grow(pieces, start):
    s = start
    sizes = []
    for piece in pieces:
        s += piece
        sizes.append(len(s))
    return s, sizes


for start in ("x", "\xe9", "\u0394", "\U00010000", ""):
    s, sizes = grow(["a", "bc", "", "\xe9", "d" * 40, "\u0394", "e", "\U00010000", "f" * 700], start)
    print(ascii(s[:60]), len(s), sizes, s.isascii(), hash(s) == hash("".join(list(s))))


def aliases(n):
    s = "start"
    kept = []
    for i in range(n):
        s += "-"
        if i % 50 == 0:
            kept.append(s)
            table = {s: i}
            assert table["".join(list(s))] == i
        s += "\xe9" if i == 120 else "+"
        if i % 77 == 0:
            id(s)
    return [len(k) for k in kept], len(s), s.count("-+"), s.isascii()


print(aliases(200))


def doubled():
    s = "ab"
    for i in range(14):
        s += s
    return len(s), s[:6], s[-6:]


print(doubled())


def constants():
    s = ""
    for i in range(9000):
        s += "."
        if i % 3000 == 0:
            before = hash(s)
            s += "!"
            assert hash(s) != before
    t = s
    s += "?"
    return len(s), len(t), t[-1], s[-1], s.count("!")


print(constants())

words = "they're bill's friends from the UK, x2y 3d _a-b \t" * 9
for length in (0, 1, 2, 62, 63, 64, 65, 66, 127, 128, 129, 200, len(words)):
    part = words[:length]
    by_hand = "".join(c.lower() if i and part[i - 1].isalpha() else c.upper() for i, c in enumerate(part))
    print(length, part.title() == by_hand, part.upper().lower() == part.lower(), part.swapcase().swapcase() == part,
          part.capitalize()[:5])
print(type(Text("").upper()).__name__, type(Text("a").title()).__name__, "A".lower() is "a".lower()[:])

pieces = ["", "a", "bc", "def", "ghij", "k" * 7, "l" * 8, "m" * 9, "n" * 15, "o" * 16, "p" * 17, "q" * 31, "\xe9"]
print("".join(pieces), ",".join(pieces[:6]), ascii("".join(pieces + ["\u0394"])), "".join([Text("sub"), "x"]))
print(sys.getrefcount(made[3]) == sys.getrefcount(made[4]))

for text in ("", "a", "aa", "ab", "abab", "banana" * 30, "banana" * 30 + "\xe9", Text("abc")):
    for old, new in (("a", ""), ("a", "bb"), ("ab", ""), ("ab", "x"), ("an", "\xe9"), ("", "-"), ("b", "a"), ("zz", "y"), ("na", "nan")):
        for most in (-1, 0, 1, 2):
            found = text.replace(old, new, most)
            print(len(found), ascii(found[:12]), found.isascii(), type(found).__name__, end="; ")
    print()
print("ab".replace("b", "") == "a", "ab".replace("ab", "") == "", "a-b-c".replace("-", "").upper())
