import weakref


class C:
    def m(self):
        return "m called"

    @classmethod
    def k(cls):
        return "k"


c = C()
plain = weakref.ref(c.m)
print(plain())
wm = weakref.WeakMethod(c.m)
print(wm()(), wm() == c.m, wm == weakref.WeakMethod(c.m), type(wm).__name__)
wk = weakref.WeakMethod(C.k)
print(wk()())
wc = weakref.WeakMethod(c.m, lambda r: print("method gone"))
del c
print(wm())
try:
    weakref.WeakMethod(len)
except TypeError as e:
    print(str(e).split(", ")[0][:40])
o = C()
f = weakref.finalize(o, print, "finalized", 1, sep="-")
print(f.alive, f.atexit, f.peek()[1].__name__, f.peek()[2:], type(f).__name__)
del o
print(f.alive, f.peek(), f())
o = C()
g = weakref.finalize(o, lambda x: x * 2, 21)
print(g(), g(), g.alive)
h = weakref.finalize(o, print, "detached")
d = h.detach()
print(d[0] is o, d[2], h.alive, h.detach())
del d, o
keep = C()
e1 = weakref.finalize(keep, print, "at exit 1")
e2 = weakref.finalize(keep, print, "at exit 2")
e3 = weakref.finalize(keep, print, "never printed")
e3.atexit = False
for bad in (5, "x"):
    try:
        weakref.finalize(bad, print)
    except TypeError as e:
        print(e)
print("end of script")
