# Modules whose attributes change between two runs of the same instructions.
import types, sys
m=types.ModuleType('m')
def rd(m): return m.x
def call(m): return m.f(1)
def dd(m): return type(m.__dict__).__name__
def cc(m): return m.__class__
def t(f,*a):
    try: return f(*a)
    except Exception as e: return type(e).__name__, str(e)
m.x=1; m.f=lambda v: v
for i in range(20): rd(m),call(m),dd(m),cc(m)
m.x=2; m.f=lambda v: v+1
print(rd(m),call(m))
del m.x; print(t(rd,m)); m.x=3; print(rd(m))
del m.f; print(t(call,m)); m.f=lambda v:-v; print(call(m))
for i in range(20): r=(dd(m),cc(m))
print(r)
m.__dict__.clear()
print(t(rd,m),t(call,m))
m.__getattr__=lambda n: n*2
for i in range(20): r=rd(m)
print(r)
m.x=9; print(rd(m)); del m.x; print(rd(m))
m.f=print
class Sub(types.ModuleType):
    @property
    def x(s): return 'prop'
m.x=5
for i in range(20): rd(m)
def loop(m):
    out=[]
    for i in range(30):
        if i==10: m.__dict__.pop('x')
        if i==11: m.__dict__['x']=[i]
        if i==20: m.__dict__.update({'zz%d'%j:j for j in range(50)})
        if i==25: m.x=lambda:0
        try: out.append(str(type(m.x)))
        except AttributeError as e: out.append(str(e))
    return out
print(loop(m))
# a function that deletes itself from its module
def killer(m):
    del m.k
    return 'dead'
m.k=types.FunctionType(killer.__code__,globals(),'kk')
for i in range(10):
    m.k=types.FunctionType(killer.__code__,globals(),'kk')
    print(m.k(m),end=' ')
print()
def last(): 
    mm=types.ModuleType('q'); mm.x=[1,2]
    return [types_mod().x for _ in range(10)]
def types_mod():
    mm=types.ModuleType('q'); mm.x=[1,2]; return mm
print(last())
