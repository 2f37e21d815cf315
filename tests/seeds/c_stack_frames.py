# Stack memory: frames come and go in last-in, first-out order.
import sys


def depth():
    n, f = 0, sys._getframe()
    while f:
        n, f = n + 1, f.f_back
    return n


def a():
    print("a", depth())
    b()
    print("a again", depth())


def b():
    print("b", depth())


a()
print("module", depth())
