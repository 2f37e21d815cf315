class D:
    def __init__(self, n):
        self.n = n

    def __del__(self):
        print("-", self.n, end=" ")

    def __repr__(self):
        return f"D({self.n})"


def section(name):
    print()
    print(name, end=": ")


section("list del")
l = [D(0), D(1), D(2), D(3)]
del l
section("list clear")
l = [D(0), D(1), D(2)]
l.clear()
section("list slice del")
l = [D(0), D(1), D(2), D(3)]
del l[1:3]
section("rest")
l = None
section("list slice assign")
l = [D(0), D(1), D(2)]
l[:] = [D(9)]
section("list item")
l[0] = D(8)
section("pop")
l.pop()
section("tuple")
t = (D(0), D(1), (D(2), D(3)))
del t
section("dict del")
d = {"a": D("a"), "b": D("b"), "c": D("c")}
del d
section("dict clear")
d = {"a": D("a"), "b": D("b")}
d.clear()
section("dict overwrite")
d = {"a": D("old")}
d["a"] = D("new")
section("dict pop")
d.pop("a")
section("dict update")
d = {1: D(1), 2: D(2)}
d.update({2: D("2b"), 1: D("1b")})
section("dict drop")
d = None
section("nested")
n = [[D(0)], {"k": D(1)}, (D(2),), D(3)]
del n
section("set")
s = {D("s")}
s.clear()
section("instance")


class H:
    def __init__(self):
        self.a, self.b = D("a"), D("b")


h = H()
del h
section("instance attr")
h = H()
h.a = 1
del h.b
section("slots")


class S:
    __slots__ = ("z", "a")


s = S()
s.a, s.z = D("a"), D("z")
del s
section("list sort key")
sorted([D(2), D(1)], key=lambda v: v.n)
section("mul")
m = [D("once")] * 3
m.pop()
m.pop()
print("left", len(m), end=" ")
m.pop()
section("end")
print()
