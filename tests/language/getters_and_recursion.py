# Deep recursion through operators, getters and constructors; getters that raise or change their class.
import sys
class R:
    def __init__(s,n=0): s.n=n
    def __add__(s,o): return s.p
    @property
    def p(s): return s+1
    def m(s): return s.p
    def __sub__(s,o):
        try: return s-o
        except RecursionError: raise ValueError('x') from None
class I:
    def __init__(s): I()
class G:
    @property
    def q(s): return [x for x in s.g()]
    def g(s):
        yield s.q
def t(f,*a):
    try: return f(*a)
    except RecursionError as e: return 'REC'
    except ValueError as e: return 'VAL'
for i in range(5): print(t(lambda:R()+1),t(lambda:R().p),t(lambda:R().m()),t(I),t(lambda:G().q),t(lambda:R()-1))
sys.setrecursionlimit(60)
for i in range(5): print(t(lambda:R()+1),t(lambda:R().p),t(lambda:R().m()),t(I),t(lambda:G().q),t(lambda:R()-1))
class P:
    @property
    def a(s): raise AttributeError('inner')
    def __getattr__(s,n): return 'ga '+n
class Q:
    @property
    def a(s): raise AttributeError('inner')
    @property
    def b(s): 
        del Q.b
        return [s]
    @property
    def c(s):
        s.__class__=P
        return 5
def ra(o):
    try: return o.a
    except AttributeError as e: return str(e)
for i in range(10): r=(ra(P()),ra(Q()))
print(r)
def rb(o): return o.b
def rc(o): return o.c
f=Q.__dict__['b']
ks=[type('Q%d'%i,(Q,),{}) for i in range(5)]
for i in range(10):
    for k in ks:
        if 'b' not in Q.__dict__: Q.b=f
        r=len(rb(k()))
        o=k()
        try: rc(o)
        except TypeError as e: r=str(e)
print(r)
def tryp(o):
    out=[]
    for i in range(12):
        try: out.append(o.a*1000+o.n)
        except (AttributeError,KeyError) as e: out.append(str(e))
    return out
class T:
    n=5
    k=0
    @property
    def a(s):
        T.k+=1
        if T.k%3==0: raise KeyError(T.k)
        return T.k
print(tryp(T())); print(tryp(T()))
class U:
    __slots__=()
    @property
    def a(s): return 3
    n=4
print(tryp(U()))
def del_in(): 
    class W:
        @property
        def a(s):
            nonlocal w
            w=None
            return s.__class__.__name__
    w=W()
    return w.a
print([del_in() for i in range(5)])
def temp():
    class W:
        @property
        def a(s): return [1]
        def __add__(s,o): return self_list
    self_list=[1]
    return W().a, W()+W(), W().a
print([temp() for i in range(3)])
