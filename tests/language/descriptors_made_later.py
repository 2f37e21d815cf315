# Values of classes become descriptors, or none any more, behind the back of inline caches.
def nm(v): return type(v).__name__ if not isinstance(v,str) else v
# the class of a class attribute becomes a descriptor later
class V: pass
class C:
    a = V()
    b = V()
    def __init__(s): s.b = 'own'
def rd(o): return o.a
def rb(o): return o.b
def wb(o): o.b='new'
def ma(o): return o.m()
c=C()
for i in range(20): r=rd(c); r2=rb(c); wb(c)
pass
V.__get__=lambda s,o,t: 'got'
print(nm(rd(c)), rb(c))
V.__set__=lambda s,o,v: print('set',v)
print(nm(rd(c)), rb(c)); wb(c)
del V.__get__
print(type(rd(c)).__name__, rb(c)); wb(c)
del V.__set__
print(type(rd(c)).__name__, rb(c)); wb(c)
# polymorphic
ks=[type('K%d'%i,(C,),{}) for i in range(6)]
os=[k() for k in ks]
for i in range(20):
    for o in os: r=rd(o); r2=rb(o); wb(o)
V.__get__=lambda s,o,t: 'got'
print([nm(rd(o)) for o in os], [rb(o) for o in os])
V.__set__=lambda s,o,v: print('set',v)
print([nm(rd(o)) for o in os], [rb(o) for o in os])
for o in os: wb(o)
# through __bases__ of V's class
class W0: pass
class W(W0): pass
class Desc:
    def __get__(s,o,t): return 'D'
    def __set__(s,o,v): print('Dset',v)
class E:
    a=W(); b=W()
    def __init__(s): s.b='own'
e=E()
for i in range(20): r=rd(e); r2=rb(e); wb(e)
W.__bases__=(Desc,)
print(nm(rd(e)), rb(e)); wb(e)
# __class__ of the class attribute value
class F:
    a=W0(); b=W0()
    def __init__(s): s.b='own'
class G(Desc): pass
f=F()
for i in range(20): r=rd(f); r2=rb(f); wb(f)
F.__dict__['a'].__class__=G
F.__dict__['b'].__class__=G
print(nm(rd(f)), rb(f)); wb(f)
