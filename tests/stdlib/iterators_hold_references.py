import sys, itertools, functools
x = object()
base = sys.getrefcount(x)


def held(o):
    return sys.getrefcount(x) - base


print(held(itertools.chain([x])), held(itertools.repeat(x)), held(itertools.repeat(x, 5)), held(functools.partial(print, x)), held(itertools.cycle([x])), held(zip([x])), held(map(id, [x])), held(itertools.islice([x], 1)), held(itertools.product([x], [x])), held(itertools.combinations([x, x], 1)), held(itertools.accumulate([x])), held(itertools.tee([x])))
p = itertools.product([x], [x])
t = next(p)
print(held(p))
del p, t
print(held(None))
c = itertools.cycle([x])
next(c)
print(held(c))
del c
print(held(None))


@functools.lru_cache
def f(o):
    return o


f(x)
print(held(None) > 0)
f.cache_clear()
print(held(None))
