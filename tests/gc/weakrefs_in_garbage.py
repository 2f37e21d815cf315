import gc, weakref
gc.disable()


class C:
    def __init__(self, n):
        self.n = n


log = []
a, b = C("a"), C("b")
a.o, b.o = b, a
ra = weakref.ref(a, lambda r: log.append("a cleared"))
rb = weakref.ref(b, lambda r: log.append("b cleared"))
del a, b
print(ra().n, rb().n)
gc.collect()
print(log, ra(), rb())


class D(C):
    def __del__(self):
        print("del", self.n, "weakref seen as", self.w() is not None if hasattr(self, "w") else None)


d = D("d")
d.me = d
d.w = weakref.ref(d)
outside = weakref.ref(d, lambda r: print("callback", r() is None))
del d
print(gc.collect(), outside())
e = C("e")
e.me = e
e.w = weakref.ref(e, lambda r: print("never: the weakref dies in the same garbage"))
del e
print(gc.collect())
x = C("x")
x.me = x
wd = weakref.WeakValueDictionary(k=x)
ws = weakref.WeakSet([x])
wk = weakref.WeakKeyDictionary({x: 1})
print(len(wd), len(ws), len(wk))
del x
print(len(wd), len(ws), len(wk))
gc.collect()
print(len(wd), len(ws), len(wk))
f = C("f")
f.me = f
fin = weakref.finalize(f, print, "finalize called")
del f
gc.collect()
print(fin.alive)
