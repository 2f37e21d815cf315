print("a b  c".split(), "a b  c".split(" "), " a b ".split(), "".split(), "".split(","), "a,b,c".split(",", 1), "a,b,c".split(",", 0), "a b c d".split(None, 2), "a b c d".split(maxsplit=1), "a--b--c".split("--"), "abc".split("x"), "aXbXc".split("X", -1))
print("a b  c".rsplit(), "a,b,c".rsplit(",", 1), "a b c d".rsplit(None, 2), " a b ".rsplit(None, 1), "a--b--c".rsplit("--", 1), " x  y ".split(" "), "\ta\nb\x0bc\x1cd\u2003e".split())
print("a\nb\r\nc\rd\x0be\x0cf\x1cg\x85h\u2028i".splitlines(), "a\nb\n".splitlines(), "a\nb\n".splitlines(True), "".splitlines(), "\n".splitlines(), "\n\n".splitlines(keepends=True))
print("a=b=c".partition("="), "a=b=c".rpartition("="), "abc".partition("x"), "abc".rpartition("x"), "".partition("a"))
print(",".join(["a", "b"]), "".join("abc"), "-".join(()), ", ".join({"k": 1}), "x".join(["only"]), "ab".join("12"), "é".join("日本"), "".join(x for x in "gen"))
for f in (lambda: "a".split(""), lambda: "a".partition(""), lambda: ",".join([1]), lambda: ",".join(["a", None]), lambda: ",".join(5), lambda: "a".split(5), lambda: "a".split("a", "b"), lambda: "a".rsplit(""), lambda: "a".rpartition(""), lambda: "a".partition(1), lambda: "".join([b"a"]), lambda: ",".join("a", "b")):
    try:
        print(f())
    except (ValueError, TypeError) as e:
        print(type(e).__name__, e)
