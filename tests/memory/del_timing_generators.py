class D:
    def __init__(self, n):
        self.n = n

    def __del__(self):
        print("-", self.n)


def gen(p):
    a = D("a")
    try:
        yield 1
        b = D("b")
        yield 2
    finally:
        print("finally")


g = gen(D("p"))
print(next(g))
del g
print("--- dropped after one")
g = gen(D("p"))
print(next(g), next(g))
g.close()
print("--- closed")
g = gen(D("p"))
del g
print("--- never started")
print(list(gen(D("p"))))
print("--- exhausted")
g = gen(D("p"))
next(g)
try:
    g.throw(ValueError("x"))
except ValueError:
    print("thrown")
print("--- thrown")
for v in gen(D("p")):
    print("loop", v)
    break
print("--- broken out")
e = (D(i) for i in range(3))
print(next(e).n)
print("item dropped")
x = next(e)
del e
print("genexp dropped")
del x


def outer():
    d = D("outer local")
    yield from gen(D("sub"))


o = outer()
print(next(o))
del o
print("--- delegated dropped")


def holds(self_ref):
    me = yield
    yield


h = holds(D("held"))
next(h)
h.send(h)
del h
import gc
print("cycle", gc.collect() > 0)
