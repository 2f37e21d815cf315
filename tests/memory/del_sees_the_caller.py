import sys
class N:
    def __init__(self, n): self.n = n
    def __del__(self):
        print(self.n, sys._getframe(1).f_code.co_name, sys._getframe(1).f_lineno)
def f():
    x = N("local")
    return 1
f()
def g():
    x = N("rebound")
    x = None
    y = N("deleted")
    del y
    N("temp")
    z = N("raised")
    raise ValueError
try:
    g()
except ValueError as e:
    print("handler")
    del e
def h(arg):
    pass
h(N("arg"))
h(arg=N("kw"))
def many():
    a = N("m1"); b = N("m2"); c = [N("m3")]
many()
def rec(n):
    x = N("r%d" % n)
    if n: rec(n-1)
rec(2)
class K:
    def __init__(self):
        x = N("in init")
    def m(self):
        x = N("in method")
    @property
    def p(self):
        x = N("in prop")
    def __add__(self, o):
        x = N("in add")
        return 1
K().m()
K().p
K() + 1
def gen():
    x = N("gen")
    yield 1
    y = N("gen2")
    yield 2
for i in gen(): pass
list(gen())
sorted([1], key=lambda q: [N("key"), 0][1])
class B:
    x = N("class body")
    del x
def closure():
    x = N("cell")
    def inner(): return x
    inner()
closure()
def ret():
    x = N("returned")
    return x
ret()
def fin():
    try:
        x = N("try")
        return 5
    finally:
        y = N("fin")
fin()
[N("comp%d" % i) for i in range(2)]
