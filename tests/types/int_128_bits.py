"""Sums, differences and products around 64 and 128 bits, and numbers with float constants."""
edges = []
for bits in (31, 62, 63, 64, 65, 126, 127, 128, 129):
    edges += [2 ** bits - 1, 2 ** bits, 2 ** bits + 1, -(2 ** bits) - 1, -(2 ** bits), 1 - 2 ** bits]
check = 0
for a in edges:
    for b in edges + [0, 1, -1, 3]:
        results = (a + b, a - b, a * b, b - a)
        for result in results:
            check = (check * 1000003 + hash(result) + result % 1009) % (2 ** 61 - 1)
        assert a + b - b == a and a * b - a == a * (b - 1)
print(check)
print([2 ** 64 + n for n in (-1, 0, 1)], 2 ** 126 * 2, 2 ** 127 - 1 + 1, -(2 ** 127) - 1)


def mixed(n):
    floats = n * 1.5, n + 0.25, n - 0.5, n / 2, n / 4.0
    return floats if isinstance(n, float) else (floats, n * 3, n // 3, n % 3, n & 6, ~int(n), n ** 2, -n)


for n in [0, 1, 7, -7, True, 2 ** 53 + 1, 2 ** 63 - 1, -(2 ** 63), 10 ** 30, 2.5]:
    print(mixed(n))
for n in (5, 5.0, 5, "x", 5):
    try:
        print(n * 0.5, n / 1)
    except TypeError as error:
        print(error)
