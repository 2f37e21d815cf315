class D:
    def __init__(self, n):
        self.n = n
        print("+", n)

    def __del__(self):
        print("-", self.n)


def f():
    a = D("a")
    b = D("b")
    print("body")


f()
print("--- returned value lives")


def g():
    a = D("a")
    b = D("b")
    return a


x = g()
print("got", x.n)
del x
print("--- unused result")
g()
print("--- early del")


def h():
    a = D("a")
    b = D("b")
    del a
    print("a gone")
    b = D("b2")
    print("b replaced")


h()
print("--- params then locals")


def k(p, q, *r, s, **t):
    a = D("local")


k(D("p"), D("q"), D("r0"), D("r1"), s=D("s"), t0=D("t0"))
print("--- nested calls")


def inner(v):
    w = D("w")
    return v


def outer():
    u = D("u")
    inner(D("passed"))
    print("inner done")
    z = inner(D("kept"))


outer()
print("--- loop")
for i in range(3):
    v = D(i)
print("loop done")
del v
print("--- end")
