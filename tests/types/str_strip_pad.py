s = "  xx hello xx  "
print(repr(s.strip()), repr(s.lstrip()), repr(s.rstrip()), repr(s.strip(" x")), repr("xyhixy".strip("yx")), repr("abc".strip("abc")), repr("".strip()), repr("\t\n a\u3000".strip()), repr("xa".lstrip("x")), repr("ax".rstrip("x")), repr("a".strip(None)), repr("a".strip("")))
print(repr("ab".center(7)), repr("ab".center(6, "*")), repr("abc".center(6, "-")), repr("ab".center(1)), repr("ab".ljust(5)), repr("ab".ljust(5, ".")), repr("ab".rjust(5)), repr("ab".rjust(5, "0")), repr("a".center(4)), repr("a".center(5)), repr("日".center(4, "本")))
print("42".zfill(5), "-42".zfill(5), "+42".zfill(5), "abc".zfill(2), "".zfill(3), "--1".zfill(5))
print(repr("a\tb\tc".expandtabs()), repr("a\tb".expandtabs(4)), repr("\t".expandtabs(0)), repr("ab\tc\nd\te".expandtabs(4)), repr("123456789\tx".expandtabs()))
print("aaa".replace("a", "b"), "aaa".replace("a", "b", 2), "abc".replace("", "-"), "abc".replace("", "-", 2), "abc".replace("x", "y"), "aaa".replace("aa", "b"), "abc".replace("b", ""), "".replace("", "x"), "日本".replace("本", "x"), "aaa".replace("a", "b", count=1), "abc".replace("a", "b", 0))
for f in (lambda: "a".center(5, "ab"), lambda: "a".ljust(5, ""), lambda: "a".strip(5), lambda: "a".replace("a"), lambda: "a".replace(1, 2), lambda: "a".center("x"), lambda: "a".zfill("x"), lambda: "a".rjust(5, 5), lambda: "a".center(5, b"x"), lambda: "a".replace("a", "b", "c")):
    try:
        print(f())
    except (ValueError, TypeError) as e:
        print(type(e).__name__, e)
