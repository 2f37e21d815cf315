class D:
    def __init__(self, n):
        self.n = n

    def __del__(self):
        print("del", self.n)


def f():
    a = D("a")
    b = D("b")
    c = D("c")
    print("end of f")


f()


def g():
    x = D("x1")
    x = D("x2")
    print("rebound")
    del x
    print("deleted")
    for i in range(2):
        y = D(f"y{i}")
    print("loop over")


g()


def h(p, q):
    print("in h")


h(D("arg p"), D("arg q"))
D("temp")
print("after temp")
l = [D("l0"), D("l1"), D("l2")]
del l[1]
l.clear()
d = {"a": D("da"), "b": D("db")}
d["a"] = 1
del d
t = (D("t0"), D("t1"))
del t
a = D("swap1")
a = D("swap2")
print([D("in list")] and "list gone")


class Holder:
    def __init__(self):
        self.first = D("first")
        self.second = D("second")


h = Holder()
del h
print("end")
