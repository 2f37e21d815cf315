import functools
from functools import partial, reduce, wraps, total_ordering, cmp_to_key, cached_property, partialmethod, singledispatch
print(reduce(lambda a, b: a + b, [1, 2, 3]), reduce(lambda a, b: a + b, [], 5), reduce(max, [3, 9, 2]), reduce(lambda a, b: a * b, range(1, 6), 1))
p = partial(int, base=2)
print(p("101"), p.func is int, p.args, p.keywords, partial(pow, 2)(5), partial(p, "11")(), repr(partial(len, "x")) , partial(print, "a", sep="-").keywords)
q = partial(lambda *a, **k: (a, k), 1, x=2)
print(q(), q(3, y=4), q(x=9), partial(q, 5)(6), partial(q, 5).args)


def deco(f):
    @wraps(f)
    def inner(*a):
        """inner doc"""
        return f(*a)
    return inner


@deco
def hello():
    """hello doc"""


print(hello.__name__, hello.__doc__, hello.__wrapped__.__name__, hello.__module__)


@total_ordering
class V:
    def __init__(self, v):
        self.v = v

    def __eq__(self, o):
        return self.v == o.v

    def __lt__(self, o):
        return self.v < o.v


print(V(1) < V(2), V(1) <= V(1), V(2) > V(1), V(2) >= V(3), V(1) != V(2))
print(sorted([3, 1, 2], key=cmp_to_key(lambda a, b: b - a)), cmp_to_key(lambda a, b: 0)(1) == cmp_to_key(lambda a, b: 0)(1) or "-")


class C:
    @cached_property
    def slow(self):
        print("computed")
        return 42

    def base(self, a, b):
        return a, b

    fixed = partialmethod(base, 1)


c = C()
print(c.slow, c.slow, c.__dict__, c.fixed(2))
del c.slow
print(c.slow)


@singledispatch
def show(x):
    return "object"


@show.register(int)
def _(x):
    return "int"


@show.register(list)
def _(x):
    return "list"


print(show(1), show("a"), show([]), show(True), show.dispatch(float).__name__ if hasattr(show, "dispatch") else "")
for f in (lambda: reduce(lambda a, b: a, []), lambda: partial(), lambda: partial(5), lambda: reduce(5, [1, 2]), lambda: total_ordering(type("T", (), {})), lambda: reduce(max), lambda: reduce(max, 5), lambda: wraps()):
    try:
        print(f())
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)
