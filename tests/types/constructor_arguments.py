"""Constructors of built-in classes and their subclasses with too many, too few and named arguments."""
import warnings
warnings.simplefilter("ignore")
def t(f,*a,**k):
    try: r=f(*a,**k)
    except BaseException as e: print(type(e).__name__, e)
    else: print(repr(r), type(r).__name__)
class X:
    __slots__='a'
class FF(float):
    def __init__(self, a=1, *, newarg=None): self.n=newarg
t(lambda: FF(1, newarg=3))
class F2(float): pass
t(lambda: F2(1, newarg=3))
class FS(frozenset):
    def __init__(self, a=(), *, newarg=None): self.n=newarg
t(lambda: FS([1], newarg=3))
class F3(frozenset): pass
t(lambda: F3([1], newarg=3))
class S4(set): pass
t(lambda: S4([1], newarg=3))
class L4(list): pass
t(lambda: L4([1], newarg=3))
class T4(tuple): pass
t(lambda: T4([1], newarg=3))
class I4(int): pass
t(lambda: I4(1, newarg=3))
class S5(str): pass
t(lambda: S5(1, newarg=3))
t(str, b'', '','',1)
t(float,1,2); t(int,1,2,3); t(list,1,2); t(dict,1,2); t(set,1,2); t(frozenset,1,2); t(tuple,1,2); t(bytes,1,2,3,4); t(bytearray,1,2,3,4); t(bool,1,2); t(complex,1,2,3); t(range); t(range,1,2,3,4); t(slice); t(slice,1,2,3,4); t(memoryview); t(type); t(type,1,2); t(object,1); t(enumerate); t(zip,1); t(map); t(map,1); t(filter); t(reversed); t(property,1,2,3,4,5); t(staticmethod); t(classmethod); t(super,1); t(BaseException); t(StopIteration,1,2)
class FO:
    def __float__(self): return F2(42.)
class F6(float):
    def __float__(self): return 42.
class F7(float):
    def __float__(self): return F2(43)
t(float, FO()); t(float, F6(1)); t(float, F7(1))
class F8(float):
    def __new__(cls, value=0.): return float.__new__(cls, 2*value)
    def __float__(self): return self
t(float, F8(2)); t(F8, F6(21)); t(F2, F6(3))
class Foo4(float):
    def __new__(cls, value=0.): return float.__new__(cls, 2*value)
    def __float__(self): return self
t(Foo4, 21)
class Foo3(float):
    def __float__(self): return Foo3(42)
t(pow, 0.0, -1.0); t(pow, 0.0, float('-inf')); t(pow, -0.0, float('-inf')); t(pow,0.0,-0.5)
class B:
    __bytes__=None
t(bytes, B())
class B2:
    __bytes__=None
    def __iter__(self): return iter((1,2))
t(bytes, B2())
import copy
s=slice([1],[2],[3]); print(copy.deepcopy(s) is s, copy.copy(s) is s)
