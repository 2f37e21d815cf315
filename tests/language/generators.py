def count(n):
    i = 0
    while i < n:
        yield i
        i += 1
    return "done"


g = count(3)
print(next(g), next(g), next(g))
try:
    next(g)
except StopIteration as e:
    print("stop", e.value)
try:
    next(g)
except StopIteration as e:
    print("stop", e.value)
print(list(count(4)), iter(g) is g)


def echo():
    got = None
    while True:
        got = yield got
        if got == "end":
            return "bye"


e = echo()
print(next(e), e.send(1), e.send("x"))
try:
    e.send("end")
except StopIteration as s:
    print(s.value)

try:
    echo().send(5)
except TypeError as err:
    print(err)


def inner():
    x = yield 1
    print("inner got", x)
    return x


def outer():
    r = yield from inner()
    print("outer has", r)
    yield from [10, 20]
    yield r


o = outer()
print(next(o), o.send("hello"), next(o), next(o))
print(list(o))


def recursive(n):
    if n:
        yield n
        yield from recursive(n - 1)


print(list(recursive(5)))
