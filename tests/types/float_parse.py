for t in ("1", "1.5", "-1.5", "+.5", "5.", "1e3", "1E-3", " 2.5 ", "inf", "-Infinity", "nan", "NaN", "+inf", "1_000.5", "1e400", "-1e400", "1e-400", "0x10" if False else "10", "000.5", "\n3\t", "1e+5", "٣.٥", "123456789012345678901234567890", ".5e1"):
    print(repr(t), float(t))
print(float(), float(5), float(True), float(b"2.5"), float(2 ** 70), float("1" * 400 if False else "1"))
for a in ("", "abc", "1.5.2", "1e", "e5", ".", "1__0", "1_", "_1", "0x10", "1 2", None, [], "--1", "infinit", "1e5.5", b"x", {}, "\0"):
    try:
        print(repr(a), float(a))
    except (ValueError, TypeError) as e:
        print(repr(a), type(e).__name__, e)


class F(float):
    pass


print(F(2.5) + 1, type(F(1) + 1).__name__, F("3"), repr(F(0.1)), F(2).is_integer())
