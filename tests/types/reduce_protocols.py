"""What `__reduce_ex__` gives for objects of all kinds, by protocol."""
import re
import sys
def t(f,*a):
    try: r=f(*a)
    except BaseException as e: print(type(e).__name__, e)
    else: print(re.sub('0x[0-9a-f]+', '', repr(r)))
class X:
    __slots__='a'
x=X()
t(lambda: x.a)
def d(): del x.a
t(d)
class P: pass
p=P(); 
for pr in 0,1,2,3:
    t(p.__reduce_ex__, pr)
t(p.__reduce__)
p.q=1
for pr in 0,1,2,3:
    t(p.__reduce_ex__, pr)
for pr in 0,1,2,3: t(x.__reduce_ex__, pr)
class I(int): pass
class L(list): pass
class D(dict): pass
class T(tuple): pass
class E(Exception): pass
class F(float):
    __slots__=()
for o in I(3),L([1]),D(a=1),T((1,2)),E(1),F(2.5),3,[],{},(),"s",b"b",1.5,2j,object(),set(),frozenset(),bytearray(b'x'),range(3),slice(1),None,...,NotImplemented,len,t,iter([]),(i for i in ()),memoryview(b''),sys,property(),staticmethod(t),classmethod(t),super(P),iter({}),zip(),map(len,[]),enumerate([]),reversed([]),{}.keys(),P.__dict__,t.__code__,"".join,str.join, object.__reduce__, E.__traceback__, sys._getframe(), int.real, X.a:
    for pr in 0,1,2:
        try: r = o.__reduce_ex__(pr)
        except BaseException as e: print(type(o).__name__, pr, type(e).__name__, e)
        else:
            if isinstance(r,tuple): r = tuple('<iter>' if 'iterator' in repr(q) else q for q in r)
            print(type(o).__name__, pr, re.sub('0x[0-9a-f]+','',repr(r)))
t(object().__reduce_ex__,'a')
t(object.__reduce__)
class N:
    def __getnewargs__(self): return (1,2)
class NK:
    def __getnewargs_ex__(self): return (1,),{'a':2}
for o in N(),NK():
    for pr in 0,1,2: t(o.__reduce_ex__,pr)
class GS:
    def __getstate__(self): return 7
for pr in 0,1,2: t(GS().__reduce_ex__,pr)
class SD:
    __slots__=('a','__dict__')
s=SD(); s.a=1
for pr in 0,1,2: t(s.__reduce_ex__,pr)
s.z=1
for pr in 0,1,2: t(s.__reduce_ex__,pr)
t(P().__getstate__); t(object().__getstate__); t([].__getstate__); t(x.__getstate__); t((1).__getstate__); t(I(3).__getstate__)
