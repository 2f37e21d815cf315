s = "abracadabra"
print(s.find("a"), s.find("a", 1), s.find("a", -2), s.find("z"), s.find(""), s.find("", 11), s.find("", 12), s.find("bra", 2, 5), s.find("abra", 1), s.rfind("a"), s.rfind("bra"), s.rfind("z"), s.rfind(""), s.rfind("a", 0, 5), s.rfind("abra", -100, 100))
print(s.index("c"), s.rindex("c"), s.count("a"), s.count("abra"), s.count(""), s.count("a", 3), s.count("a", 3, 6), "aaaa".count("aa"), "".count(""), s.count("z"))
print(s.startswith("abra"), s.startswith("bra", 1), s.startswith(("x", "ab")), s.startswith(""), s.startswith("", 12), s.endswith("bra"), s.endswith(("z", "a")), s.endswith("abra", 8), s.endswith("cad", 0, 7), s.startswith(()), s.startswith("abra", 0, 3))
print("cad" in s, "" in s, "z" in s, "é" in "café", "日本" in "今日本語", "今日本語".find("本"), "日本日本".rfind("日"), "a😀b😀".find("😀", 2), "a😀b".index("b"))
print("removeprefix".removeprefix("remove"), "abc".removeprefix("x"), "abc".removesuffix("c"), "abc".removesuffix(""), "aa".removeprefix("a"))
for f in (lambda: s.index("z"), lambda: s.rindex("z"), lambda: s.find(1), lambda: 1 in s, lambda: s.startswith(1), lambda: s.startswith(("a", 1), 1) or s.startswith((1,)), lambda: s.count(), lambda: s.find("a", "b"), lambda: s.endswith([1]), lambda: s.index("a", 20)):
    try:
        print(f())
    except (ValueError, TypeError) as e:
        print(type(e).__name__, e)
