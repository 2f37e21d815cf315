from functools import lru_cache, cache


@lru_cache(maxsize=2)
def sq(x):
    print("compute", x)
    return x * x


print(sq(1), sq(2), sq(1), sq(3), sq(2), sq.cache_info())
sq.cache_clear()
print(sq.cache_info(), sq(1), sq.__name__, sq.__wrapped__(5), sq.cache_parameters())


@cache
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


print(fib(90), fib.cache_info())


@lru_cache
def kw(a, b=1, *, c=2):
    return a, b, c


print(kw(1), kw(1, 1), kw(a=1), kw(1, c=2), kw.cache_info().misses)


@lru_cache(maxsize=None, typed=True)
def typed(x):
    return type(x).__name__


print(typed(1), typed(1.0), typed(True), typed.cache_info())


@lru_cache(maxsize=0)
def none(x):
    return x


none(1), none(1)
print(none.cache_info())
try:
    sq([])
except TypeError as e:
    print(e)
try:
    @lru_cache("a")
    def bad():
        pass
except TypeError as e:
    print(e)


class K:
    @lru_cache
    def m(self, x):
        return x


import gc, weakref
k = K()
k.m(1)
r = weakref.ref(k)
del k
print(r() is not None)
K.m.cache_clear()
print(r())


@lru_cache
def fails(x):
    raise ValueError(x)


for _ in range(2):
    try:
        fails(1)
    except ValueError as e:
        print(e, fails.cache_info().misses)
