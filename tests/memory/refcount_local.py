import sys


def f():
    a = []
    print(sys.getrefcount(a))
    b = a
    print(sys.getrefcount(a))
    c = [a, [a]]
    print(sys.getrefcount(a))
    del b
    print(sys.getrefcount(a))
    c = None
    print(sys.getrefcount(a))
    return a


print(sys.getrefcount(f()))
r = f()
print(sys.getrefcount(r))
