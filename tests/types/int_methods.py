n = 1234
print(n.bit_length(), n.bit_count(), n.conjugate(), n.real, n.imag, n.numerator, n.denominator, n.is_integer(), n.as_integer_ratio())
print((255).to_bytes(2, "big"), (255).to_bytes(2, "little"), (-1).to_bytes(2, "big", signed=True), (5).to_bytes(), (0).to_bytes(0, "big"))
print(int.from_bytes(b"\x01\x00", "big"), int.from_bytes(b"\x01\x00", "little"), int.from_bytes(b"\xff", "big", signed=True), int.from_bytes([1, 2]))
print((0).bit_length(), (-8).bit_length(), (2 ** 100).bit_length(), (-7).bit_count())
for f in (lambda: (256).to_bytes(1, "big"), lambda: (-1).to_bytes(1, "big"), lambda: (1).to_bytes(1, "middle"), lambda: (1).to_bytes(-1, "big"),
          lambda: int.from_bytes("a", "big"), lambda: int.from_bytes(5, "big")):
    try:
        print(f())
    except (OverflowError, ValueError, TypeError) as e:
        print(type(e).__name__, e)
print([a for a in dir(int) if not a.startswith("__")])
print(n.__add__(1), n.__add__("x"), n.__floordiv__(10), n.__divmod__(100), n.__pow__(2, 10), n.__neg__(), n.__index__(), n.__bool__(), n.__lt__(5))
print((5).__rsub__(10), (5).__eq__(5.0), int.__mul__(2, 3), (7).__trunc__(), (7).__ceil__(), (17).__round__(-1), (25).__round__(-1), (35).__round__(-1))


class I(int):
    pass


print(I(5) + 1, type(I(5) + 1).__name__, I(5), repr(I(7)), I("12"), I(True), type(I(3).real).__name__, I() == 0)
