l = []


class D:
    def __init__(self, n):
        self.n = n

    def __del__(self):
        l.append(f"from del {self.n}")
        if len(l) > 20:
            l.clear()


l.append(D(1))
l.clear()
print(l)
l.clear()
l[:] = [D(2), D(3)]
l[0] = "replaced"
print(len(l), l[0])
l[:] = [1]
print(l[0], len(l))
l = [D(4), D(5)]
del l[:]
print(l)
l = [D(6)]
l.pop()
print(l)
d = {}


class DD:
    def __del__(self):
        d["from del"] = 1


d["x"] = DD()
d["x"] = 2
print(d)
d["x"] = DD()
d.clear()
print(d)
d["y"] = DD()
del d["y"]
print(d)
d = {"z": DD()}
d = {"fresh": 0}
print(d)
s = set()


class SD:
    def __del__(self):
        s.add("del")


s.add(SD())
s.clear()
print(s)
s.add(SD())
s.pop() if len(s) == 1 else [s.discard(x) for x in list(s) if isinstance(x, SD)]
x = None
print(sorted(map(str, s))[-1])


class Attr:
    def __del__(self):
        holder.v = "set in del"


class Holder:
    pass


holder = Holder()
holder.v = Attr()
holder.v = "plain"
print(holder.v)
holder.v = Attr()
del holder.v
print(hasattr(holder, "v"), holder.__dict__)
l = [1, 2, 3]


class Reverse:
    def __del__(self):
        l.reverse()


l.append(Reverse())
l[-1] = 9
print(l)
