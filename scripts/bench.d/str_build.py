"""Strings: building by join and by +=, replacing, cases, slices."""


def build(n):
    parts = []
    for i in range(n):
        parts.append("item" + str(i))
        parts.append(";")
    return "".join(parts)


def grow(n):
    s = ""
    for i in range(n):
        s += chr(97 + i % 26)
    return s


def rot13(s):
    out = []
    for c in s:
        if "a" <= c <= "z":
            out.append(chr((ord(c) - 84) % 26 + 97))
        else:
            out.append(c)
    return "".join(out)


text = build(800000)
letters = grow(1500000)
turned = rot13(text[:3000000])
print(len(text), len(letters), turned[:20], text.replace("item", "x").count("x1"), letters.upper()[:5], text[::-7][:10], len(text.title()))
