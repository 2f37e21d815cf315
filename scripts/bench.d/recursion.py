"""Deep recursion and mutual recursion over lists and tuples."""
import sys

sys.setrecursionlimit(30000)


def depth(n):
    return 0 if n == 0 else 1 + depth(n - 1)


def total(list_, i=0):
    return 0 if i == len(list_) else list_[i] + total(list_, i + 1)


def even(n):
    return True if n == 0 else odd(n - 1)


def odd(n):
    return False if n == 0 else even(n - 1)


def flatten(x, out):
    if type(x) is tuple:
        for y in x:
            flatten(y, out)
    else:
        out.append(x)


def nest(n):
    return n if n < 2 else (nest(n - 1), n, nest(n - 2))


result = 0
numbers = list(range(3000))
for _ in range(700):
    result += depth(5000) + total(numbers) + even(5000)
out = []
flatten(nest(26), out)
print(result, len(out), sum(out))
