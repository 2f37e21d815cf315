# Returns of conditional expressions, comprehensions that raise, cells, loops whose iterators change their kind.
import sys, gc
# return of conditional expressions everywhere
log=[]
class D:
    def __init__(s,n): s.n=n
    def __del__(s): log.append(s.n)
class CM:
    def __init__(s,sup=False): s.sup=sup
    def __enter__(s): return s
    def __exit__(s,*a): log.append(('exit',a[0] and a[0].__name__)); return s.sup
def r1(c):
    with CM():
        return D('a') if c else [D('b')]
def r2(c):
    try: return D('x').n if c else 1//0
    except ZeroDivisionError: return 'zd' if c is None else D('zz').n
    finally: log.append('fin')
def r3(c):
    for x in [1,2]:
        for y in (i for i in [3]):
            try: return (x if c else y) if c!=2 else (yield_ if c==3 else D('q').n)
            finally:
                if c==5: return 'over' if c else 0
def r4(c):
    with CM(True): return D('in') if c else 1//0
    return 'after' if c is not None else None
def r5(c):
    return (a:=D('w').n) if c and (b:=c) else (b if 'b' in locals() else None) or (c and 5)
def r6(c): return None if c else c if c is None else not c
def r7(c): return lambda: c if c else [c]
def g1(c):
    x=yield (1 if c else 2)
    return x if c else (yield x)
async def a1(c): return D('as').n if c else await a1(1)
def t(f,*a):
    try: return f(*a)
    except Exception as e: return type(e).__name__
for c in (0,1,2,3,5,None,[],'s'):
    for i in range(4): x=[getattr(t(f,c),'n','o') if isinstance(t(f,c),D) else t(f,c) for f in (r1,r2,r3,r4,r5,r6)]
    print([type(q).__name__ if isinstance(q,(D,list)) and q else q for q in x]); x=None
    gen=g1(c); o=[next(gen)]
    try: o.append(gen.send(7))
    except StopIteration as e: o.append(('stop',e.value))
    print(o, r7(c)())
    co=a1(c)
    try: co.send(None)
    except StopIteration as e: print(e.value)
gen=co=None
print(len(log), log[:20]); log.clear()
# ListAppend/comprehension with exceptions, gc, nested functions
def comp(n):
    try: return [[D(i), 10//(n-i)] for i in range(5)]
    except ZeroDivisionError: return len(log)
for i in range(7): r=comp(i)
r=None; print(sorted(log)); log.clear()
def compd():
    o=[]
    for i in range(3):
        l=[(lambda: (gc.collect(), x))()[1] for x in range(4)]
        l.append(l); o.append(len(l))
    return o
print(compd())
def tr():
    l=[i for i in range(3)]
    print(gc.is_tracked([i for i in range(2)]), end=' ')
    m=[x for x in ()]
    m.append(m); del m
    q=[[] for x in range(2)]; q[0].append(q); del q
    return gc.collect()>0
print(tr(),tr())
# cells
def cells():
    x=D('c0')
    def setx(v):
        nonlocal x
        x=v
    for i in range(4): setx(D('c%d'%(i+1)))
    def rd(): return x.n
    r=[rd() for i in range(3)]
    del x
    try: rd()
    except NameError as e: r.append(type(e).__name__)
    setx(D('last')); r.append(rd())
    return r
for i in range(3): print(cells(), log); log.clear()
# for over things that change kind at one site
def site(it):
    o=[]
    for x in it: o.append(x)
    return o
def gen3():
    yield 1; yield 1000
for i in range(4):
    for it in (range(3),[1,2],gen3(),(5,6),{1:2},iter([3]),zip([1],[2]),'ab',range(1000,1003),enumerate('q'),map(str,[1]),gen3()): r=site(it)
    print(r,end=' ')
def site2(it):
    o=[]
    for a,b in it: o.append((a,b))
    return o
for i in range(4):
    for it in (zip([1],[2]),enumerate([5]),{1:2}.items(),['ab'],[(1,2)],((i,i) for i in range(3)),zip([1001],(5,)),enumerate('xy'),{1:[2]}.items()): r=site2(it); print(r,end=' ')
print()
def reuse():
    s=set(); o=[]
    for t in zip([1000,2000,3000],[4,5,6]): s.add(id(t)); o.append(t)
    for a,b in zip([1000,2000,3000],[[4],[5],[6]]): o.append((a,b))
    z=zip([D(1),D(2)],[D(3),D(4)])
    for a,b in z: a=b=None; log.append('body')
    for a,b in {1000+i:D(i) for i in range(3)}.items(): b=None; log.append('b2')
    for i,x in enumerate([D(5),D(6)]): x=None; log.append('b3')
    return o
for i in range(4): r=reuse()
print(r); r=None; print(log); log.clear()
def exc_in_loop():
    o=[]
    for i in range(3):
        try:
            for a,b in zip([1,2,3],[D(i),D(i+1),5]):
                o.append(b.n+a*1000)
        except AttributeError as e: o.append('AE')
    return o
for i in range(3): print(exc_in_loop(), log); log.clear()
