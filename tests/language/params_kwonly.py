def f(a, *, b, c=3):
    return a, b, c


print(f(1, b=2))
print(f(1, c=5, b=4))
for call in (lambda: f(1), lambda: f(1, 2), lambda: f(b=1), lambda: f(1, 2, b=3)):
    try:
        call()
    except TypeError as e:
        print(e)


def g(*, x, y, z):
    return x, y, z


try:
    g()
except TypeError as e:
    print(e)
try:
    g(x=1)
except TypeError as e:
    print(e)
print(g(z=3, y=2, x=1))


def order(*, a=print("default a"), b=print("default b")):
    pass


print(f.__kwdefaults__, f.__defaults__, order.__kwdefaults__)
