def fact(n):
    return 1 if n < 2 else n * fact(n - 1)


def ack(m, n):
    if m == 0:
        return n + 1
    if n == 0:
        return ack(m - 1, 1)
    return ack(m - 1, ack(m, n - 1))


def even(n):
    return True if n == 0 else odd(n - 1)


def odd(n):
    return False if n == 0 else even(n - 1)


def hanoi(n, a="a", b="b", c="c"):
    return 0 if n == 0 else hanoi(n - 1, a, c, b) + 1 + hanoi(n - 1, c, b, a)


def perms(xs):
    if not xs:
        return [[]]
    return [[x] + p for i, x in enumerate(xs) for p in perms(xs[:i] + xs[i + 1:])]


print(fact(30), ack(2, 5), even(300), hanoi(8), perms([1, 2, 3]))
flat = lambda l: [y for x in l for y in (flat(x) if isinstance(x, list) else [x])]
print(flat([1, [2, [3, [4]]], []]))


def depth(n):
    return n if n == 0 else 1 + depth(n - 1)


print(depth(900))
import sys
old = sys.getrecursionlimit()
sys.setrecursionlimit(5000)
print(depth(4500), old)
try:
    depth(10 ** 6)
except RecursionError as e:
    print(type(e).__name__, e)
sys.setrecursionlimit(old)
for bad in (0, -1, "x"):
    try:
        sys.setrecursionlimit(bad)
    except (ValueError, TypeError) as e:
        print(e)
