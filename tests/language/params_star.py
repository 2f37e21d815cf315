def f(*args, **kwargs):
    return args, kwargs


print(f())
print(f(1, 2, 3))
print(f(x=1, y=2))
print(f(1, *[2, 3], *(4,), x=5, **{"y": 6}))
print(f(*"ab", *range(2), **{}, **{"k": 1}))


def g(a, *rest, sep=", ", **opts):
    return sep.join(map(str, (a, *rest))), opts


print(g(1))
print(g(1, 2, 3, sep="-"))
print(g(1, 2, end="!", sep="/"))

try:
    f(**{"a": 1}, **{"a": 2})
except TypeError as e:
    print(e)
try:
    f(**{1: 2})
except TypeError as e:
    print(e)
try:
    f(*5)
except TypeError as e:
    print(e)
try:
    f(**5)
except TypeError as e:
    print(e)


def collect(*args):
    return type(args), len(args)


print(collect(), collect(*[]), collect(*range(100)))
kw = {"a": 1}


def mutate(**kwargs):
    kwargs["b"] = 2
    return kwargs


print(mutate(**kw), kw)
