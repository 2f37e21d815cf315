import gc, sys
class N:
    def __init__(self, name): self.name = name
    def __del__(self): print("del", self.name, sys._getframe(1).f_code.co_name)
def gen(n):
    try:
        yield n
    finally:
        print("gen closed", n.name if n else None)
print("1: generator made after")
n = N("a"); n.g = gen(n); next(n.g); n.me = n
gc.collect(); del n; print(gc.collect())
print("2: generator made before")
g = gen(None); next(g)
n = N("b"); n.g = g; n.me = n; del g
del n; print(gc.collect())
print("3: several")
a = N("a1"); 
ga = gen(a); next(ga)
b = N("b1")
gb = gen(b); next(gb)
a.x = ga; b.x = gb; a.y = b; b.y = a
del a, b, ga, gb
print(gc.collect())
print("4: with a list")
l = []
g = gen(None)
next(g)
l.append(l); l.append(N("c")); l.append(g); l.append(N("d"))
del g, l
print(gc.collect())
print("5: generator whose frame holds itself")
def selfish():
    me = yield
    x = N("local")
    try:
        yield
    finally:
        print("selfish end")
g = selfish(); next(g); g.send(g); del g
print(gc.collect())
async def co():
    try:
        await other
    finally:
        print("co end")
class Aw:
    def __await__(self):
        yield 1
    def __del__(self): print("Aw del")
def coro():
    global other
    other = Aw()
    c = co()
    c.send(None)
    other.c = c
    other = None
coro()
print(gc.collect())
