b = b"Hello, World"
print(b, len(b), b[0], b[-1], b[:5], b[::-1], b[::2], list(b[:3]), b + b"!", b"ab" * 2, 72 in b, b"World" in b, b"z" in b)
print(b.upper(), b.lower(), b.title(), b.swapcase(), b.capitalize(), b.find(b"o"), b.rfind(b"o"), b.find(111), b.index(b"W"), b.count(b"l"), b.count(108), b.startswith(b"He"), b.endswith((b"x", b"ld")), b.replace(b"l", b"L"), b.replace(b"l", b"", 1))
print(b.split(), b.split(b","), b.split(b"o", 1), b.rsplit(b"o", 1), b.partition(b", "), b.rpartition(b"o"), b"a\nb\r\nc".splitlines(), b" x ".strip(), b"xax".strip(b"x"), b"xa".lstrip(b"x"), b"ax".rstrip(b"x"), b",".join([b"a", b"b"]), b"ab".center(6, b"*"), b"ab".ljust(4), b"ab".rjust(4), b"-5".zfill(4), b"a\tb".expandtabs(3))
print(b.hex(), b[:3].hex(":"), b"abcdef".hex("-", 2), b"abcdef".hex("-", -4), bytes.fromhex("48 65 6c"), b.decode(), b"abc".translate(bytes.maketrans(b"a", b"x")), b"abc".translate(None, b"b"), b"abc".removeprefix(b"a"), b"abc".removesuffix(b"c"))
print([getattr(b"abc", m)() for m in ("isalpha", "isalnum", "isdigit", "islower", "isupper", "isspace", "istitle", "isascii")], b"12".isdigit(), b"".isalpha())
print(bytes(), bytes(3), bytes([1, 2, 255]), bytes("é", "utf-8"), bytes(b"x"), bytes(range(3)), bytes(x for x in (65, 66)))
print(repr(b"\x00\n\t\r\\'\"\xff~"), repr(b"it's"), b'say "x"', b"'\"", str(b"a"))
for f in (lambda: bytes([256]), lambda: bytes(-1), lambda: bytes("a"), lambda: bytes(["a"]), lambda: b[100], lambda: b + "a", lambda: b.find("a"), lambda: "a" in b, lambda: 300 in b, lambda: bytes.fromhex("4"), lambda: bytes.fromhex("zz"), lambda: b.index(b"q"), lambda: b"".join(["a"]), lambda: bytes(None), lambda: bytes(1.5), lambda: b.split(b""), lambda: bytes("a", 5), lambda: bytes(1, "utf8"), lambda: b["a"], lambda: b % 1, lambda: b.replace("a", "b"), lambda: b.startswith("H"), lambda: b.hex("ab"), lambda: b.translate(b"short")):
    try:
        print(f())
    except (ValueError, TypeError, IndexError, LookupError) as e:
        print(type(e).__name__, e)
print(b"a" < b"b", b"a" == "a", b"" == b"", hash(b"a") == hash(b"a"), [m for m in dir(bytes) if not m.startswith("__")])
