def counter():
    n = 0

    def bump(by=1):
        nonlocal n
        n += by
        return n

    def peek():
        return n

    return bump, peek


bump, peek = counter()
print(bump(), bump(), bump(10), peek())
b2, p2 = counter()
print(b2(), p2(), peek())
print(bump.__code__.co_freevars, counter.__code__.co_cellvars)
print(bump.__closure__[0].cell_contents)


def outer(a):
    def middle(b):
        def inner(c):
            return a + b + c
        return inner
    return middle


print(outer(1)(2)(3))


def unbound():
    def inner():
        return later
    try:
        inner()
    except NameError as e:
        print(type(e).__name__, e)
    later = 5
    return inner()


print(unbound())


def deleted():
    x = 1

    def get():
        return x
    print(get())
    del x
    try:
        get()
    except NameError as e:
        print(e)


deleted()
adders = [(lambda k: lambda v: v + k)(k) for k in range(3)]
print([f(100) for f in adders])
