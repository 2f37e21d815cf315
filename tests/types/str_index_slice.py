s = "héllo😀日"
print(len(s), s[0], s[1], s[-1], s[5], s[-2], s[1:3], s[::-1], s[::2], s[-3:], s[:100], s[100:], s[3:1], s[::-2], s[slice(1, 4)], s[None:None:None])
print(list(s), [c for c in s if ord(c) > 127], max(s), min(s), sorted("hello"), s.index("日"), list(reversed("abc")), "".join(sorted("hello")))
for f in (lambda: s[10], lambda: s[-10], lambda: ""[0], lambda: s["a"], lambda: s[1.0], lambda: s[::0], lambda: s[None], lambda: s + 1, lambda: s * "a", lambda: s * 1.5, lambda: 1 + s, lambda: s - "a", lambda: s["a":], lambda: s + b"a", lambda: s * 10 ** 19):
    try:
        print(f())
    except (IndexError, TypeError, ValueError, OverflowError, MemoryError) as e:
        print(type(e).__name__, e)
print(str(), str(5), str(None), str([1]), str("x"), str(object=3), ord("a"), ord("😀"), chr(0x65e5), hash("a") == hash("a"), hash("") == 0)


class S(str):
    def __repr__(self):
        return "S!"


v = S("abc")
print(v, repr(v), v.upper(), type(v.upper()).__name__, type(v + "x").__name__, type(v[:]).__name__, type(str(v)).__name__, v == "abc", {v: 1}["abc"], type(v.strip()).__name__, type(S(v)).__name__)
print([m for m in dir(str) if not m.startswith("__")])
