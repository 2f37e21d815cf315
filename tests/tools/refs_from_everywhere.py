# expect: own
# stress: skip
"""heap.refs has as many lines as sys.getrefcount counts, asked from everywhere that code of the program runs."""
import asyncio
import bisect
import collections
import contextlib
import copy
import dataclasses
import enum
import functools
import heap
import heapq
import json
import operator
import re
import sys
import types
import weakref

asked = bad = 0
T = ["T"]
def check(x=T, where=""):
    global asked, bad
    asked += 1
    n = len(heap.refs(x)); r = sys.getrefcount(x) - 1
    if n != r and r < 2**31:
        bad += 1; print("BAD", sys._getframe(1).f_code.co_qualname, sys._getframe(1).f_lineno, where, n, r); [print("    ", l) for l in heap.refs(x)[:10]]
    return x
check()
# class machinery
class Meta(type):
    @classmethod
    def __prepare__(m, name, bases, **k):
        d = {"pre": T}; check(d); check(); return d
    def __new__(m, name, bases, ns, **k):
        check(ns); check(); c = super().__new__(m, name, bases, ns); check(c); return c
    def __init__(c, *a, **k): check(c); super().__init__(*a)
    def __call__(c, *a, **k): check(c); check(T); return super().__call__(*a, **k)
    def __instancecheck__(c, i): check(i); return True
class Desc:
    def __set_name__(self, o, n): check(self); check(o)
    def __get__(self, i, o): check(i if i is not None else o); check(self); return T
    def __set__(self, i, v): check(i); check(v)
    def __delete__(self, i): check(i)
class C(metaclass=Meta):
    d = Desc()
    x = T
    check()
    def __init_subclass__(cls, **k): check(cls); check(k.get("t", T))
    def __new__(cls, *a, **k): check(cls); check(a); check(k); return super().__new__(cls)
    def __init__(self, *a, **k): check(self); check(a); check(k); self.a = a
    def __getattr__(self, n): check(self); check(n); raise AttributeError(n)
    def __setattr__(self, n, v): check(self); check(v); object.__setattr__(self, n, v)
    def __iter__(self): check(self); yield check(T); check(self)
    def __contains__(self, o): check(o); return True
    def __enter__(self): check(self); return self
    def __exit__(self, t, e, tb): check(self); check(e) if e else 0; check(tb) if tb else 0; check(T); return True
    def __lt__(self, o): check(self); check(o); return False
    def __eq__(self, o): check(o); return self is o
    def __hash__(self): check(self); return 5
    def __format__(self, s): check(self); check(s); return "f"
    def __repr__(self): check(self); return "r"
    def __index__(self): check(self); return 1
    def __bool__(self): check(self); return True
    def __call__(self, *a, **k): check(self); check(a); return T
    def __getitem__(self, k): check(k); check(self); return T
    def __setitem__(self, k, v): check(k); check(v)
    def __iadd__(self, o): check(self); check(o); return self
    def __radd__(self, o): check(self); check(o); return self
    def __reduce_ex__(self, p): check(self); return (C, ())
    def __copy__(self): check(self); return self
    def __len__(self): check(self); return 2
    def __missing__(self, k): check(k); return T
class D(C, t=T): pass
c = C(T, T, k=T); check(c); c.d; c.d = T; del c.d; C.d
hasattr(c, "nope"); list(c); T in c
with c as q: check(T); raise ValueError(T)
c < c; c == T; hash(c); f"{c:>{5}}"; repr(c); [1,2,3][c]; not c; c(T, T); c[T]; c[T:T, 1]; c[1] = T; c += T; 1 + c; copy.copy(c); len(c)
{c: T}[c]; {c}; isinstance(T, C); sorted([c, c, c]); max([c, c], key=check); min(c, c); map(check, [T]).__next__(); list(filter(check, [T])); functools.reduce(lambda a, b: check(b), [T, T, T]); [*map(check, [T])]
any(check(T) for _ in range(2)); [check(T) for t in [T, T] if check(t)]; {check(t)[0]: check(t) for t in [T]}
def deco(f): check(f); return f
@deco
def ff(a, b=T, *c, d=T, **e):
    check(a); check(b); check(c); check(d); check(e); check(locals()); return locals()
ff(T); ff(*[T, T, T], **{"z": T}); ff(T, d=T)
def exc():
    try:
        try: raise ValueError(T)
        except ValueError as e:
            check(e); check(e.__traceback__); check(T)
            raise KeyError(T) from e
        finally: check(T)
    except KeyError as e:
        check(e); check(e.__cause__); check(T); tb = e.__traceback__; check(tb.tb_frame); 
    try: raise ExceptionGroup("g", [ValueError(T), TypeError(T)])
    except* ValueError as eg: check(eg); check(T)
    except* TypeError as eg: check(eg)
exc()
def match(x):
    match x:
        case [a, *b]: check(a); check(b)
        case {"k": v, **r}: check(v); check(r)
match([T, T, T]); match({"k": T, "l": T})
class P:
    __match_args__ = ("a",)
    a = property(lambda s: check(s) and T)
match P():
    case P(z): check(z)
def g():
    try:
        x = yield check(T)
        check(x)
        yield from h(T)
    except GeneratorExit: check(T); raise
    except ValueError as e: check(e); yield T
def h(a):
    check(a); yield a; check(a); yield 2
it = g(); next(it); check(it); it.send(T); next(it); check(T); 
try: it.throw(ValueError(T))
except Exception as e: check(e)
it.close(); it = g(); next(it); del it
async def co(a):
    check(a); await asyncio.sleep(0); check(a)
    async with ac() as z: check(z)
    async for q in agen(): check(q)
    r = [check(t) async for t in agen()]
    t = asyncio.create_task(sub(a)); check(t); await t; check(a); check(t)
    await asyncio.gather(sub(T), sub(T)); fut = asyncio.get_running_loop().create_future(); fut.add_done_callback(lambda f: (check(f), check(T))); fut.set_result(T); check(await fut)
    try: await asyncio.wait_for(asyncio.sleep(10), 0.001)
    except asyncio.TimeoutError as e: check(e); check(T)
    async with asyncio.TaskGroup() as tg: tg.create_task(sub(T))
    lp = asyncio.get_running_loop(); lp.call_soon(check, T); await asyncio.sleep(0); check(lp)
@contextlib.asynccontextmanager
async def ac(): check(T); yield T; check(T)
async def agen(): yield check(T); yield T
async def sub(a): check(a); await asyncio.sleep(0); check(a); return a
asyncio.run(co(T))
@contextlib.contextmanager
def cm(a): check(a); yield a; check(a)
with cm(T) as z, contextlib.ExitStack() as st: st.callback(check, T); st.enter_context(cm(T)); check(z)
exec("check(T); x = T; check(T)", {"check": check, "T": T}); eval("check(T)"); exec("def q(a=T): check(a)\nq()", globals(), {"T": T})
re.sub("a", lambda m: (check(m), check(T), "b")[2], "aaa"); sorted([3,1], key=lambda k: (check(T), k)[1]); [3,1].sort(key=lambda k: (check(T), k)[1])
json.dumps({"a": [1]}, default=check); json.loads('{"a": [1]}', object_hook=check); json.JSONEncoder(default=lambda o: (check(o), 1)[1]).encode({"z": c.__class__ and object()})
heapq.merge([1], [2], key=lambda k: (check(T), k)[1]).__next__(); bisect.bisect([1, 2, 3], 2, key=lambda k: (check(T), k)[1])
@dataclasses.dataclass
class DC: a: list = dataclasses.field(default_factory=lambda: check(T))
DC(); DC(T)
class E(enum.Enum):
    A = T
    B = [2]
check(E.A); check(E.A.value)
@functools.cached_property
def cp(self): return check(T)
class CP: p = functools.cached_property(lambda s: check(s) and T)
CP().p; functools.partial(check, T)(); 
@functools.singledispatch
def sd(a): return check(a)
sd(T); sd.register(int, check); sd(5)
class Sub(collections.UserDict):
    def __missing__(self, k): return check(T)
Sub()["x"]
dd = collections.defaultdict(lambda: check(T)); dd[1]
type("Dyn", (C,), {"x": T}); types.new_class("N", (C,), {}, lambda ns: (check(ns), check(T))[0])
class It:
    def __iter__(self): return self
    def __next__(self): check(self); raise StopIteration(T)
list(It()); a, *b = (check(T), T, T); print(*It()); [*It()]; {**{"a": check(T)}}
lam = lambda *a, **k: check(a) and check(k)
lam(T, z=T); operator.call(check, T); print(end="", file=type("W", (), {"write": lambda s, t: check(s)})())
setattr(c, "w", T); getattr(c, "w"); vars(c); dir(c); del c.w
global_ref = weakref.ref(c, lambda r: check(r)); weakref.proxy(c).a; 
super_ = super(D, D()); check(super_); check(super_.__init__)
def rec(n, x): return rec(n-1, x) if n else check(x)
rec(50, T)
frame = sys._getframe(); check(frame); check(frame.f_locals); check(frame.f_globals); fl = (lambda q: sys._getframe())(T); check(T); check(fl); fl.f_locals; check(T); fl.clear(); check(T)
print(asked > 150, bad)
