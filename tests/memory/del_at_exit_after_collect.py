import gc
class N:
    def __init__(self, n): self.n = n
    def __del__(self): print("del", self.n)
a = [N(1), N(2), N(3)]
a.append(a)
t = (N(4), N(5))
u = [t]; u.append(u)
gc.collect()
