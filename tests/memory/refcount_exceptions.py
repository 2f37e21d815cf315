import sys


class E(Exception):
    pass


e0 = E("x")
print(sys.getrefcount(e0))
try:
    raise e0
except E as e:
    print(sys.getrefcount(e), e is e0)
print(sys.getrefcount(e0))
e0.__traceback__ = None
print(sys.getrefcount(e0))


def f(o):
    raise E(o)


x = object()
try:
    f(x)
except E as e:
    print(sys.getrefcount(x))
    kept = e
print(sys.getrefcount(x))
kept.__traceback__ = None
print(sys.getrefcount(x))
kept = None
print(sys.getrefcount(x))
try:
    try:
        f(x)
    except E:
        raise ValueError("v")
except ValueError as v:
    print(sys.getrefcount(x), sys.getrefcount(v.__context__))
print(sys.getrefcount(x))
try:
    pass
finally:
    print(sys.getrefcount(x))


def g(o):
    try:
        1 / 0
    except ZeroDivisionError:
        return sys.getrefcount(o)


print(g(x), sys.getrefcount(x))
