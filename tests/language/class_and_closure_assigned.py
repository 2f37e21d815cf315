"""`__class__` of objects with slots, modules and exceptions; `exec` with a closure; annotations of modules."""
def t(f,*a,**k):
    try: r=f(*a,**k)
    except BaseException as e: print(type(e).__name__, e)
    else: print(repr(r), type(r).__name__)
class X:
    __slots__='a'
class K: pass
K.__module__='x'
A = type('A', (), {'__firstlineno__': 42})
A.__module__='q'
print('__firstlineno__' in A.__dict__)
class FD:
    __slots__ = ["__class__", "__dict__"]
    def __init__(self): self.bar = "wow"
import types
m=types.ModuleType('m')
t(lambda: m.__annotations__); t(lambda: m.__dict__.keys())
class MT(types.ModuleType):
    __slots__=('z',) if 0 else ()
m.__class__=MT
t(lambda: type(m))
m.__class__=types.ModuleType
t(lambda: setattr(m,'__class__',int))
t(lambda: setattr(1,'__class__',bool))
t(lambda: setattr(m,'__class__',FD))
class G: __slots__=['a','b']
class H: __slots__=['b','a']
class J: __slots__=['c','b']
class N(J): __slots__=['__weakref__']
g=G(); g.a=1; g.__class__=H; print(g.a)
t(lambda: setattr(g,'__class__',J))
t(lambda: setattr(J(),'__class__',N))
t(lambda: setattr(N(),'__class__',J))
t(lambda: setattr(N(),'__class__',G))
t(lambda: setattr(N(),'__class__',object))
t(lambda: setattr(N(),'__class__',1))
t(lambda: delattr(N(),'__class__'))
class E1(Exception): pass
class E2(Exception): pass
e=E1(); e.x=1; e.__class__=E2; print(e.x, type(e))
t(lambda: setattr(e,'__class__',ValueError))
def f(): pass
def outer():
    a=b=0
    def inner():
        nonlocal a
        a+=b+1; return a
    return inner
i=outer()
t(exec, i.__code__, {}, closure=i.__closure__)
t(exec, i.__code__, {}, closure=i.__closure__)
print(i())
t(exec, i.__code__, {}, closure=())
t(exec, i.__code__, {}, closure=list(i.__closure__))
t(exec, i.__code__, {})
t(exec, f.__code__, {}, closure=i.__closure__)
t(exec, f.__code__, {}, closure=())
t(exec, i.__code__, {}, closure=(1,2))
t(exec, "1", {}, closure=i.__closure__)
