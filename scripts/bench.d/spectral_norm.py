"""Float arithmetic in small functions and comprehensions."""


def entry(i, j):
    return 1.0 / ((i + j) * (i + j + 1) // 2 + i + 1)


def times(v):
    return [sum([entry(i, j) * x for j, x in enumerate(v)]) for i in range(len(v))]


def times_transposed(v):
    return [sum([entry(j, i) * x for j, x in enumerate(v)]) for i in range(len(v))]


def norm(n):
    u = [1.0] * n
    for _ in range(8):
        v = times_transposed(times(u))
        u = times_transposed(times(v))
    above = sum(a * b for a, b in zip(u, v))
    below = sum(b * b for b in v)
    return (above / below) ** 0.5


print(f"{norm(400):.9f}")
