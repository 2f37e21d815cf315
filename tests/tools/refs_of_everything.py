# expect: own
# stress: skip
"""heap.refs has as many lines as sys.getrefcount counts, whatever holds the object: each native type with what it refers
to. Places have names."""
import array
import asyncio
import atexit
import collections
import contextlib
import contextvars
import enum
import functools
import gc
import heap
import io
import itertools
import operator
import random
import re
import struct
import sys
import types
import weakref


class X: pass
def chk(label, x):
    n = len(heap.refs(x)); r = sys.getrefcount(x) - 1
    if n != r and r < 2**31:
        print("differs:", label, n, r)
    for line in heap.refs(x):
        if line.startswith(("a reference of", "extra of")):
            print("no name:", label, line)
x = X(); atexit.register(print, x) and None; chk("atexit arg", x); atexit.unregister(print)
x = X(); f = lambda: x; atexit.register(f); chk("atexit f", f); atexit.unregister(f)
x = X(); gc.callbacks.append(x); chk("gc cb", x); gc.callbacks.clear()
x = X(); gc.garbage.append(x); chk("garbage", x); gc.garbage.clear()
cv = contextvars.ContextVar("cv"); x = X(); t = cv.set(x); chk("cv", x); chk("cvself", cv); chk("tok", t)


x = X(); sys.last_value = x; chk("last", x); del sys.last_value
def hook(*a): pass
old = sys.excepthook; sys.excepthook = hook; chk("excepthook", hook); sys.excepthook = old
sys.unraisablehook = hook; chk("unraisable", hook); sys.unraisablehook = sys.__unraisablehook__
sys.displayhook = hook; chk("display", hook); sys.displayhook = sys.__displayhook__
x = X(); d = {}; d[1] = x; it = iter(d.items()); next(it); chk("dictitem iter", x); chk("d", d)
v = d.values(); chk("view", d); k = iter(d); chk("keyiter", d)
s = {x}; si = iter(s); chk("setiter", s)
l = [x]; li = iter(l); chk("listiter", l); lr = reversed(l); chk("rev", l); en = enumerate(l); chk("enum", l); z = zip(l, l, strict=True); chk("zip", l); m = map(id, l, l); chk("map", l); fl = filter(None, l); chk("filter", l)
st = "ab" * 50; si2 = iter(st); chk("striter", st); b = b"ab" * 50; bi = iter(b); chk("bytesiter", b); by = bytearray(b); bai = iter(by); chk("baiter", by); mv = memoryview(by); mv2 = mv[1:]; chk("mv", by); chk("mv1", mv)
r = range(10**10, 10**10 + 5); ri = iter(r); chk("range", r); chk("rangestop", r.stop)
c = iter(f, 5); chk("calliter", f)
a = array.array("d", [1]); ai = iter(a); chk("arr", a); mva = memoryview(a); chk("arrmv", a)
dq = collections.deque(l); di = iter(dq); dr = reversed(dq); chk("dq", dq); chk("dqitem", x)
od = collections.OrderedDict(a=x); odi = iter(od); chk("od", od); chk("odv", x); odr = reversed(od)
p = re.compile("a+"); ma = p.match("aaa"); chk("pattern", p); chk("match", ma); chk("subj", ma.string); mi = p.finditer("aaa" * 30); next(mi); chk("finditer", p); sc = p.scanner("aaa"); chk("scanner", p)
sio = io.StringIO("abc" * 30); bio = io.BytesIO(b); chk("bio", b); g = bio.getbuffer(); chk("getbuf", bio); br = io.BufferedReader(bio); chk("br", bio); tw = io.TextIOWrapper(br); chk("tw", br)
w = weakref.ref(x, hook); chk("wrcb", hook); wp = weakref.proxy(x, hook); chk("wpcb", hook); ws = weakref.WeakSet([x]); chk("ws", x); wm = weakref.WeakMethod(ws.add); chk("wm", ws); fi = weakref.finalize(x, hook, x.__class__); chk("fin", hook)
u = int | X; chk("union", X); ga = list[X]; chk("ga", X); tv = types.GenericAlias(dict, (X, X)); chk("ga2", X)
class G[T]:
    def m[U: X](self, a: U) -> T: return a
chk("tparam", G.__type_params__[0]); chk("G", G); type A[T] = list[T]; chk("A", A); A.__value__; chk("A2", A)
pr = property(f, doc=st); chk("prop", f); cp = functools.cached_property(f); chk("cp", f); pm = functools.partialmethod(f, x); chk("pm", x)
ck = functools.cmp_to_key(hook)(x); chk("cmp", x); chk("cmphook", hook)
te1, te2 = itertools.tee(l); next(te1); chk("tee", x); cy = itertools.cycle(l); next(cy); next(cy); chk("cyc", x); gb = itertools.groupby([x, x], key=lambda q: 1); kk, grp = next(gb); chk("gb", x); ac = itertools.accumulate([x, x], lambda a, b: b); next(ac); chk("acc", x); pw = itertools.pairwise([x, x, x]); next(pw); chk("pw", x); ba = itertools.batched([x, x, x], 2); next(ba); chk("ba", x); pd = itertools.product([x], [x], repeat=2); next(pd); chk("prod", x); cm = itertools.combinations([x, x, x], 2); next(cm); chk("comb", x); pmt = itertools.permutations([x, x], 2); next(pmt); chk("perm", x); cwr = itertools.combinations_with_replacement([x, x], 2); next(cwr); chk("cwr", x); isl = itertools.islice([x, x], 0, 2); next(isl); chk("isl", x); zl = itertools.zip_longest([x], [], fillvalue=x); chk("zl", x); rp = itertools.repeat(x, 3); chk("rp", x); cn = itertools.count(10**20, 10**20); chk("cnt", x); stm = itertools.starmap(hook, [(x,)]); chk("stm", x); ch = itertools.chain([x], [x]); next(ch); chk("ch", x)
ig = operator.itemgetter(st); chk("ig", st); mc = operator.methodcaller("z", x, k=x); chk("mc", x)
stc = struct.Struct("i"); chk("struct", stc); sit = stc.iter_unpack(b"\0" * 8); chk("struct it", stc)
rnd = random.Random(); chk("rnd", rnd)
@contextlib.contextmanager
def cmm(a): yield a
cmi = cmm(x); chk("cmi", x); cmi.__enter__(); chk("cmi2", x)
cr = (lambda: (yield x))(); next(cr); chk("gen", x)
async def cof(a): await asyncio.sleep(1)
co = cof(x); aw = co.__await__(); chk("coaw", co); chk("coarg", x); co.close()
ex = ValueError(x); ex.__context__ = KeyError(x); ex.__traceback__; chk("exc", x); eg = ExceptionGroup("z", [ex]); chk("eg", ex); sub = eg.split(ValueError); chk("egs", ex); oe = OSError(1, "z", x, None, x); chk("oserr", x); se = SystemExit(x); chk("se", x); si3 = StopIteration(x); chk("si", x); ie = ImportError(x, name=x, path=x); chk("ie", x); ne = NameError(x, name=x); chk("ne", x); ae = AttributeError(x, name=x, obj=x); chk("ae", x); sy = SyntaxError(x, (x, 1, 2, x)); chk("sy", x); ue = UnicodeDecodeError("utf-8", b, 0, 1, st); chk("ue", b); chk("ue2", st)
try:
    raise ex
except ValueError as q:
    tb = q.__traceback__; chk("tb", tb); chk("frame", tb.tb_frame); tt = types.TracebackType(tb, tb.tb_frame, 1, 2); chk("tb2", tb)
lc = functools.lru_cache(maxsize=2)(lambda *a, **k: a); lc(x, k=x); lc(1); chk("lru", x); lcn = functools.lru_cache(maxsize=None)(lambda a: a); lcn(x); chk("lrun", x)
sl = slice(x, x, x); chk("sl", x); mt = types.MethodType(hook, x); chk("mt", x); bm = [].append; chk("bm", bm.__self__); mw = x.__str__; chk("mw", x); sup = super(X, x); chk("sup", x); ns = types.SimpleNamespace(a=x); chk("ns", x); mpx = types.MappingProxyType(d); chk("mpx", d); ce = types.CellType(x); chk("cell", x); cd = chk.__code__; chk("code", cd); chk("const", cd.co_consts[1] if len(cd.co_consts) > 1 else 0)
class E(enum.Enum): A = x
chk("enum", x); chk("E.A", E.A)
class Sl: __slots__ = ("a", "__weakref__")
slo = Sl(); slo.a = x; chk("slots", x); chk("desc", Sl.a)
class DD(dict): __slots__ = ("q",)
ddo = DD(); ddo.q = x; ddo[1] = x; chk("ddo", x)
class II(int): pass
iio = II(7); iio.q = x; chk("iio", x)
class TT(tuple): pass
tto = TT((x,)); tto.q = x; chk("tto", x)
class EE(Exception): pass
eeo = EE(x); eeo.q = x; eeo.add_note("z"); chk("eeo", x)
class FF(types.ModuleType): pass
ffo = FF("z"); ffo.q = x; chk("mod", x)
fn = lambda a=x, *, b=x: x; fn.q = x; fn.__annotations__ = {"a": x}; chk("fn", x)
cl = type("Q", (X,), {"a": x}); chk("cls", x); chk("base", X); chk("qual", cl.__name__)
pt = functools.partial(hook, x, k=x); pt.q = x; chk("pt", x)
pt2 = functools.partial(pt, x); chk("pt2", x)
so = sorted; chk("so", so); chk("type", type); chk("obj", object)
cvc = contextvars.copy_context(); chk("ctx", cvc)
print("done")
