import sys


def f(n):
    return f(n + 1)


for limit in (100, 1000, 5000):
    sys.setrecursionlimit(limit)
    try:
        f(0)
    except RecursionError as e:
        print(limit, e)
sys.setrecursionlimit(1000)


def g(n):
    return n if n == 0 else g(n - 1)


try:
    print(g(10 ** 6))
except RecursionError as e:
    print(e)
print(g(500))


def count():
    n = 0

    def inner():
        nonlocal n
        n += 1
        inner()
    try:
        inner()
    except RecursionError:
        return n


print(900 < count() < 1000)
