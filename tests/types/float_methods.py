x = 2.5
print(x.is_integer(), (3.0).is_integer(), x.as_integer_ratio(), (0.1).as_integer_ratio(), x.hex(), (-0.1).hex(), (0.0).hex(), x.real, x.imag, x.conjugate())
print(float.fromhex("0x1.4p+1"), float.fromhex("ff"), float.fromhex("-0x1p-1074"), float.fromhex("inf"), float("inf").hex(), float("nan").hex())
print([a for a in dir(float) if not a.startswith("__")])
print(round(2.5), round(3.5), round(-2.5), round(2.675, 2), round(1234.5678, -2), round(0.5), round(1.5), round(1e20), round(2.5, 0), type(round(2.5)).__name__, type(round(2.5, 1)).__name__)
print(int(2.9), int(-2.9), x // 1, -x // 1, x % 1, -x % 1, divmod(-7.5, 2), divmod(7.5, -2), abs(-x), -x, +x, x ** 2, x ** -1, 2 ** x, (-8.0) ** 2)
print((2.5).__trunc__(), (2.5).__floor__(), (2.5).__ceil__(), (-2.5).__ceil__(), (2.5).__round__(), (1.5).__divmod__(1))
for f in (lambda: float("inf").as_integer_ratio(), lambda: float("nan").as_integer_ratio(), lambda: float.fromhex("xyz"), lambda: float.fromhex("0x1p5000"),
          lambda: round(float("nan")), lambda: round(float("inf")), lambda: int(float("-inf")), lambda: float.fromhex(5), lambda: round(1.5, 2.0)):
    try:
        print(f())
    except (OverflowError, ValueError, TypeError) as e:
        print(type(e).__name__, e)
print(hash(1.0) == 1, hash(-0.0) == 0, hash(1e300) == hash(int(1e300)), hash(2.0 ** 70) == hash(2 ** 70))
print(1.0 == 1, 0.1 + 0.2 == 0.3, 1e16 + 1 == 1e16, 2 ** 53 == float(2 ** 53), 0.0 == -0.0, float("nan") != float("nan"), 1.5 < 2, 2 > 1.5, 1.0 in [1])
