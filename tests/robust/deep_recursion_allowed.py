# stress: skip
# A Python function may call 100 000 deep where the limit allows.
import sys
sys.setrecursionlimit(200000)


def depth(n):
    return 0 if n == 0 else 1 + depth(n - 1)


print(depth(100000))


def gen(n):
    if n:
        yield n
        yield from gen(n - 1)


print(sum(1 for _ in gen(200)))
try:
    depth(10 ** 6)
except RecursionError as e:
    print(e)
