# Classes changed between two runs of the same instructions.
import gc, abc, weakref
def t(f,*a):
    try: return f(*a)
    except Exception as e: return type(e).__name__, str(e)
class C:
    x=1
    def __init__(s,a): s.a=a
    def m(s): return 'm',s.a
    @property
    def p(s): return 'p',s.a
def rx(o): return o.x
def ra(o): return o.a
def rm(o): return o.m()
def rp(o): return o.p
def mk(*a): return C(*a).a
def mk1(): return C(5)
def sa(o,v): o.a=v
ALL=[rx,ra,rm,rp]
c=C(1)
def show(o=None):
    o=o or c
    print([t(f,o) for f in ALL])
for i in range(20): [t(f,c) for f in ALL]; mk1()
show()
C.x=2; show(); C.x=3; show(); C.x=property(lambda s:'prop'); show(); C.x=lambda s:'fn'; print(rx(c)()); C.x=5; show(); del C.x; show(); C.x=6; show()
c.x='own'; show(); del c.x; show(); c.__dict__['x']='dict'; show(); c.__dict__={'a':9,'x':8}; show(); del c.__dict__['a']; show()
c=C(2)
C.m=lambda s:'newm'; show(); C.m=staticmethod(lambda:'st'); show(); C.m=classmethod(lambda k:k.__name__); show(); C.m=5; show(); c.m=lambda:'inst'; show(); del C.m; show()
C.m=lambda s:'back'; show(c); show(C(7))
C.p=property(lambda s:'p2'); show(); P=C.__dict__['p']; P.__init__(lambda s:'p3'); show(); P.__init__(None); show(); P.__init__(len); show(); C.p=1; show()
C.a=property(lambda s:'pa',lambda s,v: print('set',v)); show(); sa(c,5); del C.a; show(); sa(c,6); show()
C.__getattr__=lambda s,n:'ga'+n; show(); C.__getattribute__=lambda s,n:'gb'+n; show(); del C.__getattribute__; show(); del C.__getattr__; show()
C.__setattr__=lambda s,n,v:print('sa',n,v); sa(c,1); mk1(); del C.__setattr__; sa(c,1); show()
C.__init__=lambda s,a: None; print(t(mk,1)); C.__init__=lambda s,a:5; print(t(mk1)); 
def ini(s,a): s.a=a*2
C.__init__=ini; print(mk(4)); C.__new__=lambda k,*a: object.__new__(k); print(mk(4)); C.__new__=lambda k,*a: 7; print(t(mk1)); 
C.__new__=staticmethod(lambda k,*a: object.__new__(k)); print(t(mk,3))
class E:
    def __init__(s): s.v=1
def me(): return E().v
for i in range(10): me()
E.__abstractmethods__=frozenset({'zz'}); print(t(me)); E.__abstractmethods__=frozenset(); print(t(me))
# __bases__
class B1: 
    x='b1'
    def m(s): return 'b1m'
    @property
    def p(s): return 'b1p'
class B2:
    x='b2'
    def m(s): return 'b2m'
    @property
    def p(s): return 'b2p'
class D(B1): 
    def __init__(s): s.a=1
c=D()
for i in range(20): [t(f,c) for f in ALL]
show(); D.__bases__=(B2,); show(); B2.x='b2x'; show(); B2.x='b2y'; show(); B1.x='no'; show(); D.__bases__=(B1,); show()
# __class__
class G(B2):
    def __init__(s): s.a=2
cs=[D(),G(),D(),G()]
for i in range(20):
    for o in cs: [t(f,o) for f in ALL]
for o in cs: show(o)
for o in cs: o.__class__= G if type(o) is D else D
for o in cs: show(o)
# classes that come and go, with and without __del__
log=[]
for k in range(40):
    ns={'x':k,'m':(lambda k:lambda s:k)(k),'p':property((lambda k:lambda s:-k)(k)),'__init__':lambda s: setattr(s,'a',1)}
    if k%3==0: ns['__del__']=(lambda k:lambda s: log.append(k))(k)
    if k%4==1: ns['__slots__']=('q','a')
    if k%5==1: ns['__add__']=lambda s,o: 'add'
    X=type('X',(),ns)
    o=X(); r=[t(f,o) for f in ALL]; r.append(t(lambda a,b:a+b,o,1))
    if r[:4]!=[k,1,k,-k]: print('BAD',k,r)
    w=weakref.ref(X); del o,X,ns; 
    if k%7==0: gc.collect()
gc.collect(); print(log)
# slots
class S:
    __slots__=('a','b')
    def m(s): return s.b
    x=3
    p=property(lambda s:s.a)
s=S(); s.a=1
for i in range(20): [t(f,s) for f in ALL]; sa(s,i)
show(s); del s.a; show(s); sa(s,4); s.b=2; show(s)
MA=S.a
S.a=5; show(s); print(t(sa,s,3)); S.a=MA; show(s); del S.a; show(s); S.a=S.__dict__['b']; show(s); sa(s,'viaB'); print(s.b)
class S2: 
    __slots__=('q','r')
S2.a=MA
print(t(ra,S2()), t(sa,S2(),1))
class V:
    x=0
    def up(s): V.x+=1; return s.x
v=V(); print([v.up() for i in range(20)]); vv=[type('V%d'%i,(V,),{})() for i in range(6)]
print([o.up() for i in range(4) for o in vv]); V.x=property(lambda s:'pp'); print([rx(o) for o in vv]); V.x=1; print([rx(o) for o in vv]); V.x=lambda s:1; print([rx(o)() for o in vv])
