# expect: own
# stress: skip
"""The tools in odd places (finalizers, callbacks, sort keys, the end of the program) on an object whose every method
raises: the holders agree with the count, and nothing changes."""
import atexit
import gc
import heap
import objgraph
import sys
import weakref
from pympler import asizeof, muppy, summary


def probe(where, x, heap=heap, sys=sys, gc=gc, objgraph=objgraph, asizeof=asizeof, muppy=muppy, summary=summary):
    collections, count = gc.get_stats(), sys.getrefcount(x)
    holders = heap.refs(x)
    agrees = len(holders) == sys.getrefcount(x) - 1 == heap.layout(x).count
    way, before = heap.why(x), heap.snapshot()
    for answer in (holders, way, heap.sizeof(x), heap.pools(), before, heap.diff(before), heap.leaks(), heap.explain()):
        str(answer), answer.json()
    objgraph.count("list"), objgraph.by_type("Evil"), objgraph.typestats(), objgraph.get_leaking_objects()
    objgraph.find_backref_chain(x, objgraph.is_proper_module)
    asizeof.asizeof(x), asizeof.asized(x, detail=2).format(), asizeof.refs(x), asizeof.basicsize(x), asizeof.leng(x)
    list(summary.format_(summary.summarize(muppy.get_objects())))
    unchanged = sys.getrefcount(x) == count and gc.get_stats() == collections
    print(f"{where}: {agrees}, {unchanged}, {len(holders)} holders", *([] if agrees else holders))
    print("   ", way[0].partition(" at 0x")[0], "|", way[-1].partition(" at 0x")[0].strip())


class Evil:
    def __init__(self, name): self.name = name
    def __del__(self, probe=probe):
        probe("del " + self.name, self)
    def __eq__(self, o): raise RuntimeError("eq")
    __hash__ = None
    def __repr__(self): raise RuntimeError("repr")
    def __len__(self): raise RuntimeError("len")
    def __bool__(self): raise RuntimeError("bool")
    def __sizeof__(self): raise RuntimeError("sizeof")
    def __getattr__(self, n): raise RuntimeError("getattr " + n)
    def __str__(self): raise RuntimeError("str")
    def __iter__(self): raise RuntimeError("iter")
    def __dir__(self): raise RuntimeError("dir")
    @property
    def __class__(self): raise RuntimeError("class")
# What the imports have made does not bring on a collection in a moment.
gc.collect()
e = Evil("plain"); probe("live", e)
del e
a, b = Evil("c1"), Evil("c2"); a.o, b.o = b, a
del a, b
def cb(phase, info):
    x = [phase]
    probe("gccb " + phase, x)
gc.callbacks.append(cb)
gc.collect()
gc.callbacks.clear()
class W: pass
w = W(); w.me = w
ref = weakref.ref(w, lambda r: probe("wr", r))
w = None
gc.collect()
w2 = W(); r2 = weakref.ref(w2, lambda r: probe("wr2", r)); del w2
sorted([3,1,2], key=lambda k: (probe("key", [k]) if k == 1 else None, k)[1])
lst = [Evil("inlist")]
lst2 = [3,2,1]
def key(k): probe("sorted list", lst2); return k
lst2.sort(key=key)
d = {}
class K:
    def __hash__(self): probe("hash", self); return 1
    def __eq__(self, o): probe("eq", o); return True
d[K()] = 1
d[K()]
resurrected = []
class R:
    def __del__(self): resurrected.append(self); probe("res", self)
r = R(); r.x=1; del r
probe("after res", resurrected[0])
resurrected.clear()
def g():
    x = [1]
    try:
        yield x
    finally:
        probe("genclose", x)
gg = g(); next(gg); del gg
atexit.register(probe, "atexit", lst)
last = Evil("exit")
cyc = Evil("exit cycle"); cyc.me = cyc
