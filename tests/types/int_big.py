a = 2 ** 100
b = 3 ** 80
print(a, b, a + b, a - b, a * b, b // a, b % a, -b // a, -b % a, divmod(b, -a))
print(a ** 3, pow(a, 5, 10 ** 9 + 7), pow(3, -1, 11), a << 10, a >> 90, -a >> 90, a & b, a | b, a ^ b, ~a)
print(a == 2 ** 100, a < b, a > 1e30, a == float(a), 10 ** 16 == 1e16, 10 ** 17 + 1 == 1e17, hash(a) == hash(float(a)))
print(float(2 ** 100), 10 ** 30 / 10 ** 28, 10 ** 400 // 10 ** 399, 10 ** 400 / 10 ** 399, (2 ** 53 + 1) / 1, 7 ** 77 / 3 ** 99)
for f in (lambda: float(10 ** 400), lambda: 10 ** 400 / 3, lambda: 10 ** 400 * 1.0, lambda: 1.0 < 10 ** 400):
    try:
        print(f())
    except OverflowError as e:
        print(e)
print(hex(a), oct(a), bin(2 ** 70), f"{a:,}", f"{a:x}", f"{b:_}", f"{a:e}", f"{-a:+d}", f"{a:>40}")
print(sum(range(10 ** 6)), 123456789 * 987654321, 99999999999 * 99999999999, -2 ** 63, 2 ** 63 - 1, 2 ** 64)
f = 1
for i in range(1, 60):
    f *= i
print(f)
x, y = 0, 1
for _ in range(300):
    x, y = y, x + y
print(x)
print(round(123456789012345678901234567890, -20), abs(-a), int(str(a)) == a, (a - a))
print(2 ** 31 - 1 + 1, 2 ** 62 * 2, 2 ** 63 * 2, -2 ** 62 - 2 ** 62, (2 ** 63) // -1, (1 << 63) - 1 - (1 << 63))
import math
print(math.isqrt(a * b), math.gcd(a, 2 ** 60 * 3), math.factorial(25), (a * b + 1).bit_length())
print([(-7) // 2, 7 // -2, -7 % 3, 7 % -3, -2 ** 64 // 3, -2 ** 64 % 3, 2 ** 64 % -3])
