"""Calls of what does not get the object: static methods, class values, an instance's own functions, at warm places."""
import sys, gc
class D:
    def __init__(self, n): self.n=n
    def __del__(self): print("del", self.n)
class P:
    @staticmethod
    def sm(*a): return a
    @staticmethod
    def one(k): return k
    @classmethod
    def cm(cls,k): return cls.__name__,k
    cv = len
    ct = str
    def __init__(self): self.cb=lambda k: ("cb",k)
def ident(x): return x
def loop(p):
    out=[]
    for i in range(30):
        out.append((p.sm(i), p.one(i), p.cm(i), p.cv("abc"), p.ct(5), p.cb(i), p.one(ident(i)), p.cb(ident(i)), p.cv(ident("ab")), p.ct(ident(5)), p.cm(ident(3))))
    return out[-1], len({str(o) for o in out})
p=P()
print(loop(p))
# rebinding
P.one=staticmethod(lambda k: ("new",k))
print(loop(p))
p.cb=lambda k: ("other",k)
print(loop(p))

d=P.__dict__["one"]; d.__init__(lambda k:("reinit",k))
print(loop(p)[0][1], loop(p)[0][6])
p.one=lambda k: ("own",k)
print(loop(p)[0][1], loop(p)[0][6])
del p.one
print(loop(p)[0][1])
def temp():
    for i in range(20):
        r=(P().one(i), P().cb(i), P().one(ident(i)), P().cb(ident(i)))
    return r
print(temp())
class Holder:
    def __init__(self): self.f=lambda k: k; self.d=D("h")
def t2():
    for i in range(8):
        Holder().f(i); Holder().f(ident(i))
t2()
def bad(p):
    errs=[]
    for i in range(12):
        for f in (lambda: p.one(), lambda: p.one(1,2), lambda: p.cb(ident(1),2), lambda: p.one(k=i)):
            try: errs.append(f())
            except TypeError as e: errs.append(str(e))
    return errs[-4:]
P.one=staticmethod(ident)
print(bad(p))
h=D("refc")
def rc(p,x):
    r=[]
    for i in range(12): r.append((sys.getrefcount(p)-b, p.one(sys.getrefcount(p)-b), p.one(ident(sys.getrefcount(p)-b))))
    return set(r)
b=sys.getrefcount(p)
print(rc(p,h))
class Sub(P):
    @staticmethod
    def one(k): return "sub", super(Sub,Sub).one(k)
    def go(self):
        r=None
        for i in range(10): r=(super().one(i), super().one(ident(i)), super().cb(i) if hasattr(super(),"cb") else 0)
        return r
print(loop(Sub())[0][1], Sub().go())
def gen(p):
    for i in range(10):
        try: p.nope(i)
        except AttributeError as e: m=str(e)
        try: p.nope(ident(i))
        except AttributeError as e: m2=str(e)
    print(m,m2)
gen(p)
del h
