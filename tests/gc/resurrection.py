import gc
gc.disable()
saved = []


class R:
    def __init__(self, n):
        self.n = n
        self.me = self

    def __del__(self):
        print("del", self.n)
        saved.append(self)


r = R(1)
del r
print(gc.collect(), len(saved), saved[0].me is saved[0])
print(gc.is_finalized(saved[0]))
saved.clear()
print("second death is silent", gc.collect())


class Partial:
    def __init__(self, n):
        self.n = n

    def __del__(self):
        print("del", self.n)
        if self.n == "b":
            saved.append(self)


a, b, c = Partial("a"), Partial("b"), Partial("c")
a.o, b.o, c.o = b, c, a
del a, b, c
print(gc.collect())
x = saved.pop()
print(x.n, x.o.n, x.o.o.n, x.o.o.o is x)
del x
print(gc.collect())


class Save:
    def __del__(self):
        saved.append(self.data)


s = Save()
s.data = [1, 2]
s.me = s
del s
print(gc.collect(), saved)


class NewCycle:
    def __del__(self):
        print("makes garbage")
        l = []
        l.append(l)


n = NewCycle()
n.me = n
del n
print(gc.collect(), gc.collect())
