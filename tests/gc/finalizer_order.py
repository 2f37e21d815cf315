import gc
gc.disable()


class F:
    def __init__(self, n):
        self.n = n

    def __del__(self):
        print("del", self.n, self.other.n if hasattr(self, "other") else "-")


a, b = F("a"), F("b")
a.other, b.other = b, a
del a, b
print("collect")
print(gc.collect())
nodes = [F(i) for i in range(5)]
for i, n in enumerate(nodes):
    n.other = nodes[i - 1]
del nodes, n
print(gc.collect())
x = F("head")
x.other = F("tail")
x.other.other = x
x.extra = F("hanging")
del x
print(gc.collect())
l = [F("in list")]
l.append(l)
del l
print(gc.collect())
d = {"f": F("in dict")}
d["d"] = d
del d
print(gc.collect())
p, q = F("later"), F("earlier")
q.other = p
p.other = q
del q, p
print(gc.collect(), gc.collect())
