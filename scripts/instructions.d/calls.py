"""Calls: recursion, defaults, keywords, star arguments, closures."""


def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def shifted(a, b=2, *rest, c=3):
    return a + b + c + len(rest)


def counter():
    n = 0

    def count():
        nonlocal n
        n += 1
        return n

    return count


count = counter()
total = fib(16)
for i in range(1000):
    total += shifted(i) + shifted(i, c=1) + shifted(i, 1, 2, 3) + count()
print(total)
