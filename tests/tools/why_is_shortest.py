# expect: own
# stress: skip
"""heap.why on random graphs: each step of a way can be gone in Python, and no way is longer than the shortest."""
import _heap
import gc
import heap
import random
import sys

random.seed(7)


class N:
    pass
class S:
    __slots__ = ("a","b")
def bfs(target):
    seen = {}
    row = []
    mods = []
    for name, m in list(sys.modules.items()):
        if name in ("heap","_heap"): continue
        mods.append(m.__dict__)
    depth = {}
    for m in mods: depth[id(m)] = 0; row.append(m)
    own = {id(depth), id(row), id(mods)}
    while row:
        nxt = []
        for o in row:
            if o is target: return depth[id(o)]
            for r in gc.get_referents(o):
                if id(r) not in depth and id(r) not in own:
                    depth[id(r)] = depth[id(o)]+1; nxt.append(r)
        row = nxt
        own.add(id(nxt)); own.add(id(row))
    return None
def step(o, place):
    if place.startswith("."): 
        return getattr(o, place[1:])
    if place.startswith("["):
        return o[eval(place[1:-1])]
    if place == "an element": return None
    return None
def make(nodes):
    k = random.randrange(7)
    pick = lambda: random.choice(nodes)
    if k == 0: return [pick() for _ in range(random.randrange(4))]
    if k == 1: return {("k%d"%i if random.random()<.5 else i): pick() for i in range(random.randrange(4))}
    if k == 2: return tuple(pick() for _ in range(1+random.randrange(3)))
    if k == 3:
        n = N()
        for i in range(random.randrange(4)): setattr(n, "at%d"%i, pick())
        return n
    if k == 4:
        s = S(); s.a = pick(); s.b = pick(); return s
    if k == 5:
        n = N(); n.d = pick(); n.__dict__; return n
    if k == 6:
        v = pick()
        return lambda: v
def run():
    global root
    nodes = [[] for _ in range(3)]
    ids = []
    for _ in range(60): nodes.append(make(nodes))
    for a in nodes[:20]:
        if isinstance(a, list): a.append(random.choice(nodes))
    root = {"r%d"%i: random.choice(nodes) for i in range(3)}
    targets = random.sample(nodes, 10)
    del nodes
    bad = 0
    for i in range(len(targets)):
        t = targets[i]
        targets[i] = None
        addr = id(t)
        want = None
        w = heap.why(t)
        d = w.data
        # without the local t: ask via address
        del t
        lines, d = _heap.why(_heap.at(addr)) if any(id(o)==addr for o in gc.get_objects()) else (None,None)
        if d is None or d["reason"] != "way": continue
        if not d["root"].startswith("module"): continue
        # walk
        path = d["path"]
        o = path[0]["address"]
        cur = next((m.__dict__ for m in sys.modules.values() if id(m.__dict__)==o), None)
        assert cur is not None
        n = 0
        for s in path[1:]:
            p = s["place"]
            if n == 0: nx = cur[p]
            else: nx = step(cur, p)
            n += 1
            if nx is None:
                nx = _heap.at(s["address"])
                assert any(nx is r for r in gc.get_referents(cur)), (lines, s)
            assert id(nx) == s["address"], (lines, s)
            cur = nx
            nx = None
        want = bfs(cur)
        cur = None
        got = n
        if got > want: print("NOT SHORTEST", got, want, lines); bad += 1
    return bad
print(sum(run() for _ in range(10)))
