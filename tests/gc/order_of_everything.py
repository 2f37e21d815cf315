# One collection: weak references are cleared, callbacks called, finalizers run, then the cycle is taken apart.
import gc, weakref
gc.disable()
gc.collect()


class Plain:
    def __init__(self, n):
        self.n = n


class Final(Plain):
    def __del__(self):
        print("__del__", self.n, "weakref still there:", refs[self.n]() is not None)


class Slot:
    __slots__ = ("other", "n", "__weakref__")

    def __del__(self):
        print("__del__ slot", self.n)


refs = {}
a, b, c = Final("a"), Plain("b"), Final("c")
a.next, b.next, c.next = b, c, a
for o in (a, b, c):
    refs[o.n] = weakref.ref(o, lambda r: print("callback", [k for k in refs if refs[k] is r]))
del a, b, c, o
print(gc.collect())
print([r() for r in refs.values()])
s, t = Slot(), Slot()
s.n, t.n = "s", "t"
s.other, t.other = t, s
del s, t
print(gc.collect())
x, y = Final("x"), Final("y")
refs["x"], refs["y"] = weakref.ref(x), weakref.ref(y)
x.l = [y]
y.d = {"x": x}
x.t = (x, y)
del x, y
print(gc.collect())


class Hanging:
    def __del__(self):
        print("hanging freed")


h = []
h.append(h)
h.append(Hanging())
del h
print(gc.collect())
