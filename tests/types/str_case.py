s = "hello World éß ǅ"
print(s.upper(), s.lower(), s.title(), s.capitalize(), s.swapcase(), s.casefold())
print("ß".upper(), "ﬁ".upper(), "İ".lower(), "Σ".lower(), "ΑΣ".lower(), "ǆ".title(), "they're bill's".title(), "".upper(), "123abc".title(), "aB".swapcase(), "ŉ".upper())
for t in ("abc", "ABC", "Abc", "abc1", "123", "", " ", "a b", "A B", "é", "É", "_", "a_b", "1a", "½", "²", "٣", "Ⅷ", "\t\n", "ab\n", "\u00a0", "日本", "Title Case", "x\x7f", "for", "ǅ", "+"):
    print(repr(t), [int(getattr(t, m)()) for m in ("isalpha", "isalnum", "isdigit", "isdecimal", "isnumeric", "isupper", "islower", "istitle", "isspace", "isidentifier", "isprintable", "isascii")])
