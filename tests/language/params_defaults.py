def f(x, acc=[]):
    acc.append(x)
    return acc


print(f(1), f(2), f(3, []))
print(f.__defaults__)

i = 5


def g(a=i):
    return a


i = 6
print(g())

funcs = [lambda x, n=n: x * n for n in range(4)]
print([fn(10) for fn in funcs])
late = [lambda x: x * n for n in range(4)]
print([fn(10) for fn in late])


def h(a, b):
    return a, b


h.__defaults__ = (7,)
print(h(1))
h.__defaults__ = None
try:
    h(1)
except TypeError as e:
    print(e)
