"""Strings of every length up to some words of the machine: short ones are made, copied, compared and hashed in other ways
than long ones. And fields, directives and templates of the plain kinds beside those that are not."""

LETTERS = "aZ@[`{z'AbY/0 9:m"


def cut(length, start=0):
    return "".join(LETTERS[(start + i * 5) % len(LETTERS)] for i in range(length))


def checksum(texts):
    total = 0
    for text in texts:
        for c in text:
            total = (total * 31 + ord(c)) % 1000003
    return total


# Copies, joins, cases, comparisons and keys.
for length in range(70):
    text, other = cut(length), cut(length, 3)
    results = [
        text + other, other + "é" + text, text.upper(), text.lower(), text.title(), text.swapcase(), text.capitalize(),
        text.casefold(), f"{text}{other}", f"{text}|{length}|{other!r}", "-".join([text, other, text]), "".join([text, other]),
        "é".join([text, "Ж", other]), text.encode("latin-1").title().decode("latin-1"), (text + "é").upper(), repr(text),
        "%s:%s" % (text, other), "{}{}".format(text, other), text[1:], text[:-1], text[2:40], text.replace("Z", "zz"),
        *text.split(), *text.split("z"), *text.partition("m"), *(text + " x").rsplit(None, 1), text.strip(), *text.splitlines(),
    ]
    print(length, checksum(results), len("".join(results)))
    copy = "".join(list(text))
    changed = copy[:-1] + "\x01"
    assert copy == text and (changed != text or not length) and hash(copy) == hash(text)
    table = {text: 1, other + "!": 2}
    assert table[copy] == 1 and table.get("".join([other, "!"])) == 2 and changed + "?" not in table
    assert table.setdefault(copy, 5) == 1 and len({text, copy, changed}) == (2 if length else 2)
    assert text.startswith(copy) and text.endswith(copy) and not text.startswith(copy + "x")
    for at in range(0, length, 7):
        assert text.find(text[at:]) <= at and text.startswith(text[:at]) and text.endswith(text[at:])
        assert text[at:at + 3] in text and text.count(text[at]) == sum(c == text[at] for c in text)

# Many places close to each other, and some far away.
for gap in (0, 1, 5, 7, 8, 9, 15, 16, 17, 40):
    text = ("it" + "." * gap) * 12 + "i" + "it"
    print(gap, text.count("it"), text.replace("it", "<>").count("<>"), len(text.split("it")), text.rfind("it") - text.find("it"))
    print(gap, text.count("it."), len(text.replace("t.", "")), [len(part) for part in text.split("i", 3)])

# Fields.
SPECS = [
    "", "5", "05", "<5", ">5", "^5", "<05", ">05", "x", "X", "o", "b", "#x", "08b", "60", "61", "060", "70x", "d", "+d", " d", ",",
    ".2f", "10.3f", "<10.3f", "010.2f", ".0f", ".19f", ".20f", "f", "e", "g", "%", ".3", "s", "10s", "<3s", "*^9", "<<9", "^^9", "é>4", "00005",
]
VALUES = [0, 7, -7, 99, 100, -12345, 2**63 - 1, -(2**63), 2**70, True, 0.0, -0.0, 1.5, -2.675, 1e15, 1e16, 1e-5, float("inf"), float("nan"),
          "", "a", "text", "é", "Ж", "x" * 61]
for spec in SPECS:
    shown = []
    for value in VALUES:
        try:
            direct = f"{value:{spec}}"
            assert direct == format(value, spec) == ("{:" + spec + "}").format(value)
            shown.append(direct)
        except ValueError as error:
            shown.append(str(error))
    print(repr(spec), len(set(shown)), checksum(shown), shown[2:4], shown[12])

# Directives.
for directive in ["%d", "%5d", "%05d", "%-5d|", "%+d", "% 05d", "%x", "%#X", "%o", "%.3d", "%f", "%.1f", "%-9.2f|", "%09.3f", "%e", "%g", "%s",
                  "%6s", "%-6s|", "%.2s", "%r", "%a", "%c", "%i", "%61d", "%ld", "%.f", "%%", "%5", "%y", "a%sb", "é%s", "Ж%s%%"]:
    shown = []
    for value in VALUES[:7] + VALUES[10:14] + ["text", "é", (1,), (), (1, 2)]:
        try:
            shown.append(directive % value)
        except (TypeError, ValueError, OverflowError) as error:
            shown.append(type(error).__name__ + ": " + str(error))
    print(directive, checksum(shown), shown[1], shown[8], shown[-4], shown[-2])

# Templates.
for template in ["{}", "{0}", "{!r}", "{!s:>8}", "{0!r:>8}", "{:>8}{}", "{}{", "}", "{}}", "{{}}{}", "{!}", "{!x}", "{!r", "{0}{}", "{}{0}", "{a}", "{0[1]}",
                 "{0.real}", "{:{}}", "more than sixteen characters: {} and {}", "é{}Ж{:>4}", "{:", "{0", "{5}", "{a.b[c]:d}", "{:{{}"]:
    shown = []
    for first in ("text", "it's", 12, -1.5, [3]):
        try:
            shown.append(template.format(first, 6))
        except (ValueError, IndexError, KeyError, AttributeError, TypeError) as error:
            shown.append(type(error).__name__ + ": " + str(error))
    print(template, shown)
