# Operator methods and getters that are generators, coroutines, closures, or take their arguments apart.
import sys
class A:
    def __add__(s,o): 
        yield s; yield o
    async def __sub__(s,o): return o
    def __mul__(s,o,*a): return a
    def __truediv__(s,*,o=1): return 1
    def __floordiv__(s,o=5,*k): return o,k
    @property
    def p(s):
        yield 1
        yield s
    @property
    async def c(s): return 7
    def __mod__(s,o):
        f=sys._getframe(); return f
    def __and__(s,o):
        return locals()
    def __or__(s,o):
        def q(): return s,o
        return q
    def __xor__(s,o):
        del s; del o
        return 5
    def __lshift__(s,o):
        s=o; o=[s]; return o
    def __rshift__(s,o):
        raise StopIteration(o)
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__,str(e)
def f(a):
    r=[len(list(a+i)) for i in range(5)]
    for i in range(5):
        c=a-i
        try: c.send(None)
        except StopIteration as e: r.append(e.value)
        r.append(a*i); r.append(a//i); r.append(t(lambda:a/i)); r.append(len(list(a.p)))
        c=a.c
        try: c.send(None)
        except StopIteration as e: r.append(e.value)
        fr=a%i; r.append(fr.f_code.co_name); r.append(sorted((a&i))); r.append((a|i)()[1]); r.append(a^i); r.append(a<<i); r.append(t(lambda:a>>i))
        r.append(sorted(fr.f_locals)); r.append(fr.f_back is None)
        (a+i); g=a+1; next(g); del g
    return r
print(f(A()))
r=[]
ks=[type('K%d'%i,(A,),{})() for i in range(5)]
for j in range(4):
    for k in ks: r.append(f(k)==f(k))
print(len(r))
class N:
    def __add__(s,o): 
        return NotImplemented
    def __radd__(s,o): return 'radd'
class B(N): pass
class CI(int):
    def __radd__(s,o): return 'CI'
class L(list):
    def __radd__(s,o): return 'L'
def add(a,b): return a+b
n=N()
for i in range(10): t(lambda:add(n,1))
print([t(lambda:add(n,x)) for x in (1,n,N(),B(),CI(3),L(),[],'',None)])
class W:
    def __add__(s,o):
        global gw
        gw=None; o.clear()
        return s.v
    def __init__(s,v): s.v=v
for i in range(6):
    gw=W([i]); l=[1,W(2)]
    def run():
        global gw
        return gw+l
    print(run(),end=' ')
print()
def lf():
    a=W(1); b=[W(2)]
    for i in range(5):
        a=a+b
        a=W(a); b=[a]
    return a.v
print(lf(),lf())
class Y:
    def __getattr__(s,n): raise AttributeError(n)
    def __add__(s,o): return s.missing
def y():
    try: return Y()+1
    except AttributeError as e: return str(e)
print([y() for i in range(5)])
class Z:
    def __del__(s): zl.append(1)
    def __add__(s,o): return o
    def __sub__(s,o): raise KeyError
    @property
    def p(s): return 3
    @property
    def q(s): raise KeyError
zl=[]
def z():
    r=Z()+Z(); r=Z().p; r=Z()+Z()+Z()+1
    try: Z()-Z()
    except KeyError: pass
    try: Z().q
    except KeyError: pass
    return len(zl)
print([z() for i in range(5)])
