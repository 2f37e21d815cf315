def f(a, b=2, /, c=3, *, d=4):
    return a, b, c, d


print(f(1))
print(f(1, 5, 6, d=7))
print(f(1, c=9))
try:
    f(a=1)
except TypeError as e:
    print(e)
try:
    f(1, b=2)
except TypeError as e:
    print(e)


def g(a, /, **kw):
    return a, kw


print(g(1, a=2))


def h(x, y, /):
    return x - y


try:
    h(x=1, y=2)
except TypeError as e:
    print(e)
print(h(5, 3), (lambda a, /, b: (a, b))(1, b=2))
