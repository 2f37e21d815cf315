def g(a):
    b = a * 2
    yield b
    yield a + b


x = g(3)
print(x.gi_running, x.gi_frame is None, x.gi_yieldfrom, x.gi_code.co_name, x.__name__, x.__qualname__)
next(x)
print(x.gi_suspended)
list(x)
print(x.gi_frame, x.gi_suspended)
print(type(x).__name__, type(x for x in ()).__name__)


def fib():
    a, b = 0, 1
    while True:
        yield a
        a, b = b, a + b


from itertools import islice, takewhile
print(list(islice(fib(), 15)))
print(list(takewhile(lambda v: v < 50, fib())))


def pipeline(src):
    sq = (n * n for n in src)
    ev = (n for n in sq if n % 2 == 0)
    return sum(ev)


print(pipeline(range(10)))


def tree(t):
    if isinstance(t, list):
        for s in t:
            yield from tree(s)
    else:
        yield t


print(list(tree([1, [2, [3, 4], 5], [[6]]])))
a, b, *c = fib_part = islice(fib(), 6)
print(a, b, c)
print(max(n for n in (3, 1, 2)), dict((k, v) for k, v in zip("ab", (1, 2))))
