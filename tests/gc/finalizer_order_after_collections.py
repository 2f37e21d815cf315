import gc
class N:
    def __init__(self, n, *rest): self.n = n; self.rest = rest
    def __del__(self): print("del", self.n)
x = N("x", N("y"), [N("z"), N("w")])
x.me = x
d = {"k": N("d1"), "l": [N("d2"), N("d3")]}
d["me"] = d
gc.collect()
e = N("e", N("f")); e.me = e
gc.collect()
del x, d, e
print("--")
gc.collect()
print("--")
q = [N(i) for i in range(5)]; q.append(q)
s = ({1: N("s1")}, [N("s2"), (N("s3"), N("s4"))]); q.append(s)
gc.collect(0)
gc.collect(1)
del q, s
gc.collect()
print("==")
class T(N): pass
h = [[T(i), (T(10 + i), T(20 + i))] for i in range(4)]
h.append(h)
gc.collect()
gc.collect()
gc.collect()
