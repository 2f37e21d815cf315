"""Closures, lambdas, default and keyword arguments."""


def adder(n):
    def add(x):
        return x + n
    return add


def counter():
    count = 0

    def bump(by=1):
        nonlocal count
        count += by
        return count
    return bump


def compose(*functions):
    def run(x):
        for f in functions:
            x = f(x)
        return x
    return run


def options(a, b=2, *, c=3, d=4):
    return a + b + c + d


run = compose(adder(1), adder(2), lambda x: x * 3 % 10007, adder(-4))
x = 0
for i in range(500000):
    x = run(x + i)
bump = counter()
for i in range(1800000):
    bump()
for i in range(800000):
    bump(by=2)
total = 0
for i in range(1000000):
    total += options(i, d=1) + options(i, 1, c=2)
made = sum(adder(i)(1) for i in range(1000000))
print(x, bump(0), total, made)
