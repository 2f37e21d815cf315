t = str.maketrans("abc", "xyz")
print(t, "aabbcc".translate(t), "abc".translate(str.maketrans({"a": "1", "b": None, 99: "three"})), "hello".translate(str.maketrans("l", "L", "h")), "abc".translate({97: 98}), "abc".translate({97: "long"}))
print("héllo".encode(), "héllo".encode("latin-1"), "abc".encode("ascii"), "日".encode("utf-8"), "😀".encode("utf-8"), "a".encode("utf-16-le"), "aé".encode("ascii", "ignore"), "aé".encode("ascii", "replace"), "aé".encode("ascii", "xmlcharrefreplace"), "aé日".encode("ascii", "backslashreplace"), "é".encode(encoding="utf8", errors="strict"))
print(b"h\xc3\xa9".decode(), b"\xe9".decode("latin-1"), b"a\xff".decode("utf-8", "ignore"), b"a\xffb".decode("utf-8", "replace"), b"\xff".decode("utf-8", "backslashreplace"), str(b"abc", "ascii"), str(b"x"), repr(b"\xff".decode("utf-8", "surrogateescape")))
for f in (lambda: "é".encode("ascii"), lambda: "\ud800".encode(), lambda: b"\xff".decode(), lambda: b"\xc3".decode(), lambda: "a".encode("nope"), lambda: b"a".decode("nope"), lambda: b"\x80abc".decode("ascii"), lambda: "日".encode("latin-1"), lambda: str.maketrans("a", "bc"), lambda: str.maketrans({"ab": 1}), lambda: "a".translate(5), lambda: str(b"a", 5), lambda: str("a", "utf8"), lambda: "a".encode("utf8", "nope") and "日".encode("ascii", "nope"), lambda: b"\xe6\x97".decode()):
    try:
        print(f())
    except (ValueError, TypeError, LookupError) as e:
        print(type(e).__name__, e)
