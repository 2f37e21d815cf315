for text in ("0", "42", "-42", "+42", "  42  ", "1_000", "00", "007", "-0", "\t9\n", "٣", "1" * 50):
    print(repr(text), int(text))
for text, base in (("ff", 16), ("0xff", 16), ("0xff", 0), ("0b101", 0), ("0o17", 0), ("z", 36), ("101", 2), ("-0x1F", 16), ("1_0", 2), ("0", 0), ("00", 0), ("0x_f", 0)):
    print(repr(text), base, int(text, base))
print(int(), int(3.99), int(-3.99), int(True), int(1e20), int(b"12"))
for args in (("",), ("abc",), ("1.5",), ("1__0",), ("_1",), ("1_",), ("12", 2), ("0x", 16), ("1", 1), ("1", 37), (None,), ([],), (1, 2), ("07", 0),
             (float("inf"),), (float("nan"),), (b"x",), ("1 2",), ("-",), ("\0",), ("1\0",), (1.5, 10), ("0b2", 0), ("1", "x"), ({},)):
    try:
        print(args, int(*args))
    except (ValueError, TypeError, OverflowError) as e:
        print(args, type(e).__name__, e)
import sys
print(sys.get_int_max_str_digits())
try:
    int("1" * 5000)
except ValueError as e:
    print(e)
try:
    str(10 ** 5000)
except ValueError as e:
    print(e)
