# The end of a frame is the end of its function, whose closure and defaults run code as they go.
import sys
log=[]
class D:
    def __init__(s,n): s.n=n
    def __del__(s):
        a=[s.n]; b=[a]; c=[b]; d=[c]; e=[d]; f=[e]
        sys._getframe(1); log.append((s.n, len(f)))
def outer(n):
    d=D(n)
    def inner(x):
        y=[x]; z=[y]
        if x==3: raise ValueError(x)
        return [d.n,z]
    return inner
def t(i): 
    a=[i]
    r=outer(i)(i+1)
    return [a,r]
def tc(i):
    a=[i]
    try: return [a,outer(i)(3)]
    except ValueError as e: return a
def defs(n):
    def inner(x, d=D(n)):
        y=[x]
        return y
    return inner
def t2(i):
    a=[i]; b=[a]
    return [defs(i)(i), a, b]
def gouter(n):
    d=D(n)
    def gen(x):
        y=[x]
        yield d.n
        z=[y]
        yield z
    return gen
def t3(i):
    a=[i]
    r=[x for x in gouter(i)(i)]
    b=[a]
    return r,b
def t4(i):
    a=[i]; out=[]
    for x in gouter(i)(i): out.append(x)
    g=gouter(i)(i); next(g); next(g); out.append(next(g,'e')); del g
    return out,a
def t5(i):
    a=[i]
    const=lambda d=D(i): None
    const()
    def mk(d=D(i+1)):
        def q(): 
            d
        return q
    m=mk(); del mk
    r=m(); del m
    return a,r,(lambda d=D(i+2): 5)()
class C:
    pass
def t6(i):
    a=[i]
    def mk():
        d=D(i)
        class K:
            def __init__(self, x): self.x=d.n+x; del K_.K
            def __add__(self,o): return [d.n,o]
            @property
            def p(self): return [d.n]
        K_.K=K
        return K
    class K_: pass
    k=mk()(5)
    r=(k+1, k.p, k.x)
    del k
    return a
import gc
for f in (t,tc,t2,t3,t4,t5,t6):
    for i in range(6):
        try: print(f(i), end=' ')
        except ValueError as e: print('VE', end=' ')
        e=None
    gc.collect()
    print(); print(log); log.clear()
