import weakref


class C:
    pass


log = []
c = C()
refs = [weakref.ref(c, lambda r, i=i: log.append(i)) for i in range(4)]
del c
print(log)
c = C()
r = weakref.ref(c, lambda r: log.append("dropped ref"))
del r
del c
print(log)


def bad(r):
    raise ValueError("in callback")


class D:
    def __del__(self):
        log.append("del")


d = D()
w = weakref.ref(d, lambda r: log.append("callback after del" if "del" in log else "callback first"))
del d
print(log)
x = C()
y = C()
y.x_ref = weakref.ref(x, lambda r: log.append("x died"))
del x
print(log[-1])
del y
z = C()
holder = []
zr = weakref.ref(z, lambda r: holder.append(r()))
del z
print(holder)
cyc = C()
cyc.me = cyc
outer = weakref.ref(cyc, lambda r: print("cycle callback"))
del cyc
import gc
gc.collect()
print(outer())
new = C()
chain = weakref.ref(new, lambda r: globals().__setitem__("made", C()))
del new
print(type(made).__name__)
