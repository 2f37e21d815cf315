import gc
class N:
    def __init__(self, n): self.n = n
    def __del__(self): print("del", self.n)
def f():
    l = [N(i) for i in range(3)]
    l.append(l)
    t = tuple(N(10 + i) for i in range(3))
    m = [t]; m.append(m)
f()
gc.collect()
print("second")
keep = []
def g(n):
    l = [N(n + i) for i in range(3)]
    l.append(l)
    t = tuple(N(n + 10 + i) for i in range(3))
    m = [t]; m.append(m)
    keep.append((l, m))
g(100)
gc.collect()
g(200)
gc.collect()
g(300)
keep.clear()
gc.collect()
