# Functions whose code or defaults are replaced while frames, generators, operator methods and getters run them.
# __code__ replaced while running
def big(x):
    a=[1];b=[2];c=[3];d=[4];e=[5];f=[6];g=[7]
    for i in range(3):
        yield x
    return a,b,c,d,e,f,g
def f(x):
    y=[x]; z=[y]
    f.__code__=other.__code__
    w=[z]
    return [y,z,w,x*1000]
def other(x):
    a=[1];b=[a];c=[b];d=[c];e=[d];g=[e];h=[g]
    try:
        return [a,b,c,d,e,g,h,x*1000+len([q for q in range(5)])]
    finally:
        f.__code__=orig
orig=f.__code__
for i in range(12): print(f(i))
def small(): return 5
def rec(n):
    a=[n]; b=[a]
    if n==0:
        rec.__code__=(lambda n: n*2).__code__
        return 0
    r=rec(n-1)
    q=[a,b]
    return r+len(q)
oc=rec.__code__
for i in range(5):
    rec.__code__=oc
    print(rec(10), rec(10))
def gen():
    a=[1]; b=[2]
    yield a
    gen.__code__=(lambda: 5).__code__
    c=[3]
    yield b
    yield c
    gen.__code__=gc_
gc_=gen.__code__
for i in range(5):
    print([x for x in gen()])
class C:
    def __init__(self,a): 
        self.x=a
        C.__init__.__code__=(lambda self,b: None).__code__
        y=[a]; z=[y]
        self.y=z
    def __add__(self,o):
        C.__add__.__code__=(lambda s,o: 77).__code__
        p=[o]; q=[p]; r=[q]
        return r
    @property
    def prop(self):
        C.prop.fget.__code__=(lambda s: 88).__code__
        p=[1]; q=[p]; r=[q]
        return r
ci=C.__init__.__code__; ca=C.__add__.__code__; cp=C.prop.fget.__code__
for i in range(12):
    C.__init__.__code__=ci; C.__add__.__code__=ca;C.prop.fget.__code__=cp
    o=C(i); print(o.__dict__, o+3, o+4, o.prop, o.prop)
    o=C(i); print(o.__dict__)
# defaults
def d(a,b=1,*,k=2): return a,b,k
def calld(): return d(5), d(5,k=9), d(b=3,a=1), 
def t(f,*a):
    try: return f(*a)
    except Exception as e: return type(e).__name__, str(e)
for i in range(10): r=calld()
print(r)
d.__defaults__=(10,20); print(calld()); 
d.__defaults__=None; print(t(calld)); d.__kwdefaults__=None; d.__defaults__=(1,2,3,4); print(t(calld))
d.__kwdefaults__={'k':[1]}; print(t(calld)); d.__defaults__=(7,8); print(t(calld)); del d.__kwdefaults__['k']; print(t(calld))
d.__kwdefaults__['k']=3; print(t(calld))
class S(str):
    def __hash__(s): return hash(str(s))
    def __eq__(s,o): return str(s)==str(o)
d.__kwdefaults__={S('k'):4}; print(t(calld))
