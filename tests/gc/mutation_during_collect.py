import gc
gc.disable()
survivors = []


class M:
    def __init__(self, n, peer=None):
        self.n = n
        self.peer = peer
        self.me = self

    def __del__(self):
        print("del", self.n)
        self.me = None
        self.peer = None
        survivors.append([self.n])


a = M("a")
b = M("b", a)
a.peer = b
del a, b
print(gc.collect(), survivors)
big = []


class Grower:
    def __del__(self):
        big.extend([[] for _ in range(1000)])


g = Grower()
g.me = g
del g
print(gc.collect(), len(big))
d = {}


class Deleter:
    def __del__(self):
        d.clear()
        print("cleared")


x = Deleter()
d["x"] = x
d["d"] = d
x.d = d
del x
d2 = d
d = {"other": 1}
del d2
print(gc.collect(), d)
