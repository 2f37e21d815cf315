# Operator methods in frames of the loop: fallbacks, exceptions, finalizers, changes of classes.
import sys, gc
class A:
    def __init__(s,v): s.v=v
    def __add__(s,o):
        if isinstance(o,int): return A(s.v+o)
        if isinstance(o,A): return A(s.v+o.v)
        return NotImplemented
    def __mul__(s,o): return NotImplemented
    def __index__(s): return 2
    def __sub__(s,o):
        if s.v>o: raise ValueError(s.v)
        return s
    def __matmul__(s,o): return NotImplemented
    def __rmatmul__(s,o): return 'rmat'
class B(A):
    def __radd__(s,o): return 'B.radd'
    def __rmul__(s,o): return 'B.rmul'
class D(A): pass
class Sq:
    def __add__(s,o): return NotImplemented
    def __radd__(s,o): return 'Sq.radd'
def add(a,b): return a+b
def mul(a,b): return a*b
def sub(a,b): return a-b
def mat(a,b): return a@b
def t(f,*a):
    try:
        r=f(*a)
        return r.v if isinstance(r,A) else r
    except Exception as e: return type(e).__name__, str(e)
a=A(5)
for i in range(20): add(a,i)
vals=[1,A(6),B(7),D(8),Sq(),'x',[1],(1,),1.5,None,True,object(),b'x',{},2j]
for k in range(3):
    print([t(add,a,v) if not isinstance(v,object) or type(v) is not object else 'o' for v in vals])
    print([t(mul,a,v) for v in vals if type(v) is not object])
    print([t(sub,a,v) for v in [1,9,'q',4,6,'']])
    print([t(mat,a,v) for v in vals if type(v) is not object])
class E:
    def __add__(s,o): raise KeyError('e')
    def __mul__(s,o): return s+o
    def __sub__(s,o): return (s-o)
    def __truediv__(s,o):
        del globals()['zz']
        gc.collect()
        return NotImplemented
    def __floordiv__(s,o):
        try: return s+o
        except KeyError as e: return e.args[0]*2
        finally: s.q=o
def fd(a,b): return a//b
def g(e):
    out=[]
    for i in range(20):
        try: out.append(e+i)
        except KeyError as x: out.append(x.args)
        try: out.append(e*[i])
        except KeyError as x: out.append(x.args)
        out.append(e//i)
    return out
print(len(g(E())), g(E())[:3])
def dv(): return zz/[1]
for i in range(10):
    zz=E()
    try: dv()
    except TypeError as e: print(e)
def deep(e):
    try: return e-1
    except RecursionError: return 'deep'
for i in range(5): print(deep(E()))
class R:
    def __init__(s,n): s.n=n
    def __add__(s,o):
        if s.n==0: return o*1000
        return R(s.n-1)+o
for i in range(5): print(R(50)+3)
try: R(5000)+3
except RecursionError: print('rec')
# expression with number temporaries and operator exceptions
class N:
    def __add__(s,o): return 1001
    def __radd__(s,o): raise ValueError
    def __mul__(s,o):
        if o==7: raise ValueError(o)
        return o*1000.5
def ex(n,a,b):
    try:
        return (a*b)*(a*b+1)+(n*b)*(a*3)
    except ValueError as e:
        return (a*b)*(a*b+1)
for i in range(20): r=ex(N(),1000+i,i)
print(r,[ex(N(),1000+i,i) for i in range(12)])
# class changed between
class M:
    def __add__(s,o): return 'fn'
m=M()
def ad(): return m+1
for i in range(10): ad()
M.__add__=lambda s,o:'lam'; print(ad())
M.__add__=staticmethod(lambda o:'st'); print(ad())
class Cal:
    def __call__(s,*a): return len(a)
M.__add__=Cal(); print(ad()); print(ad())
M.__add__=None; print(t(ad)); 
del M.__add__; print(t(ad))
M.__radd__=lambda s,o:1; print(t(ad)); M.__add__=lambda s,o:'again'; print(ad())
m.__add__=5; print(ad()); m.__dict__; print(ad())
class M2: pass
m2=M2(); m2.__class__=M; m=m2; print([ad() for i in range(3)])
M.__add__=lambda s,o: (setattr(s,'__class__',M3) or NotImplemented)
class M3: 
    def __add__(s,o): return 'M3'
print(t(ad)); print(t(ad))
def selfdel():
    class T:
        def __add__(s,o):
            del T.__add__
            return [s.__class__.__name__,o]
    x=T()
    return x+1
for i in range(10): r=selfdel()
print(r)
print([ (lambda x: x+[1])(A(3)) if 0 else t(add,A(3),[1]) for i in range(3)])
