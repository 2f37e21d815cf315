import gc
gc.disable()


class C:
    def __init__(self, n):
        self.n = n
        self.me = self

    def __del__(self):
        print("del", self.n, "nested collect:", gc.collect())


C(1)
print(gc.collect())
a, b = C("a"), C("b")
a.o, b.o = b, a
del a, b
print(gc.collect())


class D:
    def __del__(self):
        l = []
        l.append(l)
        del l
        print("plain del collects", gc.collect())


D()


class Enable:
    def __del__(self):
        gc.enable()
        print("enabled in del", gc.isenabled())


e = Enable()
e.me = e
del e
gc.collect()
print(gc.isenabled())
gc.disable()


def cb(phase, info):
    print(phase, gc.collect())


gc.callbacks.append(cb)
gc.collect()
gc.callbacks.clear()
