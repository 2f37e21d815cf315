import gc, weakref


class C:
    pass


c = C()
refs = [weakref.ref(c, lambda r: refs.clear()) for _ in range(10)]
del c
print(refs)
c = C()
r = weakref.ref(c, lambda r: gc.collect())
del c
d = weakref.WeakKeyDictionary()
for i in range(100):
    d[C()] = i
print(len(d))
keys = [C() for _ in range(10)]
for k in keys:
    d[k] = k
for k in list(d)[:5]:
    keys.remove(k)
del k
gc.collect()
print(len(d))
d.clear()


class Res:
    def __del__(self):
        global back
        back = self


x = Res()
w = weakref.ref(x)
del x
print(w() is None, isinstance(back, Res))
y = weakref.ref(back)
print(y() is back)
s = weakref.WeakSet()
objs = [C() for _ in range(10)]
s.update(objs)
it = iter(s)
next(it)
objs.clear()
gc.collect()
print(sum(1 for _ in it) <= 9)
v = weakref.WeakValueDictionary()
v["a"] = o = C()
o.d = v
del o
print(len(v))
p = weakref.proxy(q := C())
q.p = p
del q
try:
    p.p
except ReferenceError as e:
    print(e)
