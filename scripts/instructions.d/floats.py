"""Arithmetic on floats."""


def escape(x, y):
    a = b = 0.0
    for step in range(60):
        a, b = a * a - b * b + x, 2.0 * a * b + y
        if a * a + b * b > 4.0:
            return step
    return 60


print(sum(escape(-2.0 + i * 0.1, -1.0 + k * 0.2) for i in range(30) for k in range(10)))
