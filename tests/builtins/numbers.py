print(abs(-5), abs(-2.5), abs(True), divmod(17, 5), divmod(-17, 5), divmod(7.5, 2), pow(2, 10), pow(2, -1), pow(2, 10, 1000), pow(3, -1, 7), pow(base=2, exp=3, mod=5), pow(2.0, 3))
print(round(3.7), round(3.14159, 2), round(1234, -2), round(1250, -2), round(1350, -2), round(-0.5), round(5), round(2.5, None), round(number=1.25, ndigits=1))
print(sum([1, 2, 3]), sum([1.5, 2]), sum([], 10), sum(range(5), start=5), sum([[1], [2]], []), sum((True, True)), sum([0.1] * 10), sum([1e308, 1e308, -1e308]), sum([1, 2.5, 3]))
print(min(3, 1, 2), max([3, 1, 2]), min("banana"), max("a", "b", key=len), min([], default="none"), max([1, 5, 3], key=lambda x: -x), min(1, 1.0), max(1, 1.0), max((1, 2), (1, 3)), min({"b": 1, "a": 2}))
print(bin(10), oct(64), hex(255), bin(-3), hex(2 ** 70), int("0b11", 2), chr(65), ord("A"), chr(0x1F600), ascii("é\n'"), hash(5), id(5) == id(5))
print(all([]), all([1, 0]), all([1, 2]), any([]), any([0, 1]), any(x > 3 for x in range(10)), all(x for x in (1, 1)))
for f in (lambda: sum(["a"]), lambda: sum(["a"], ""), lambda: sum([1], "x"), lambda: sum(5), lambda: min(), lambda: min([]), lambda: max(5), lambda: min(1, "a"), lambda: abs("a"), lambda: round("a"), lambda: divmod(1, 0), lambda: pow(0, -1), lambda: pow(2, 2, 0), lambda: pow(2.0, 2, 3), lambda: chr(-1), lambda: chr(0x110000), lambda: ord("ab"), lambda: ord(5), lambda: chr("a"), lambda: bin(1.5), lambda: hex("a"), lambda: all(5), lambda: max([1], default=2, key=5), lambda: min(1, 2, default=3), lambda: pow(2, -1, 4), lambda: sum([b"a"], b""), lambda: max(1, 2, foo=3), lambda: ord(""), lambda: abs(), lambda: round(1.5, 1.5), lambda: pow(1), lambda: divmod(1)):
    try:
        print(f())
    except (TypeError, ValueError, ZeroDivisionError, OverflowError) as e:
        print(type(e).__name__, e)
