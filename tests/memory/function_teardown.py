class D:
    def __init__(self, n):
        self.n = n

    def __del__(self):
        print("-", self.n)


def f(a=D("default")):
    pass


f.attr = D("attribute")
print("deleting f")
del f


def outer():
    v = D("captured")
    w = D("not captured")
    return lambda: v


g = outer()
print("closure made")
del g


class K:
    item = D("class attribute")
    other = D("class attribute 2")


import gc
del K
print("class name deleted")
gc.collect()
print("collected")
gen = (x for x in [D("in iterable")])
del gen
print("generator dropped")
it = iter([D("it0"), D("it1")])
next(it)
print("first consumed")
for _ in it:
    pass
print("exhausted")
del it, _
m = map(lambda q: q, [D("map")])
z = zip([D("zip")])
del m, z
import functools
p = functools.partial(print, D("partial"))
del p
b = D("bound self")
meth = b.__del__
del b
print("method holds it")
del meth
code = compile("1", "c", "eval")
ns = {"d": D("namespace")}
exec("e = d", ns)
ns.clear()
print("end")
