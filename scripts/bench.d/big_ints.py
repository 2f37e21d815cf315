"""Whole numbers without bounds: digits of pi, factorials, powers, text and back."""


def pi(count):
    out = []
    q, r, t, k, n, l = 1, 0, 1, 1, 3, 3
    while len(out) < count:
        if 4 * q + r - t < n * t:
            out.append(n)
            q, r, n = 10 * q, 10 * (r - n * t), 10 * (3 * q + r) // t - 10 * n
        else:
            q, r, t, k, n, l = q * k, (2 * q + r) * l, t * l, k + 1, (q * (7 * k + 2) + r * l) // (t * l), l + 2
    return "".join(map(str, out))


digits = pi(3200)
f = 1
for i in range(1, 9000):
    f *= i
s = str(f >> 95000)
print(digits[:12], digits[-12:], f % 1000003, len(s), int(s) % 1000003, pow(3, 10 ** 40, 10 ** 60 + 7) % 1000003, sum(map(int, str(2 ** 14100))))
