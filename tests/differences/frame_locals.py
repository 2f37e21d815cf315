# expect: own
# `frame.f_locals` of a function is a snapshot: writing to it changes no variable (PEP 667).
import sys


def f():
    x = 1
    sys._getframe().f_locals["x"] = 2
    print(x, type(sys._getframe().f_locals).__name__)


f()
