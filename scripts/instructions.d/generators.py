"""Generators and comprehensions."""


def numbers(n):
    for i in range(n):
        yield i


def pairs(n):
    yield from numbers(n)
    yield from ((i, i) for i in range(n))


print(
    sum(x for x in numbers(4000) if x & 1),
    len([x for x in pairs(1500)]),
    len({x: x * x for x in range(1500)}),
    any(x > 3000 for x in numbers(4000)),
)
