# Generators: finalizers at the resumption, loops over generators that raise, close and resume themselves.
import sys, gc
log=[]
class D:
    def __init__(s,n): s.n=n
    def __del__(s):
        a=[s.n]; b=[a]; c=[b]; d=[c]; e=[d]; f=[e]
        g=sum(len(q) for q in (a,b,c,d,e,f))
        log.append(s.n)
def g():
    y=[1,2]; z=[y]; w=[z]
    x=D(0)
    i=0
    while True:
        i+=1
        x = yield D(i)
        x = D(100+i)
        q=[x]
        x = yield w
        x = D(1000+i)
it=g()
print([type(next(it)).__name__ for _ in range(12)]); print(log); log.clear()
for k in range(6): it.send(D(50+k))
print(log); log.clear()
n=0
for v in it:
    n+=1
    if n>10: break
print(log); log.clear()
try: it.throw(ValueError('x'))
except ValueError as e: print('thrown')
print(log); log.clear()
# handled exceptions in generators in loops
def h(n):
    for i in range(n):
        try:
            raise KeyError(i)
        except KeyError as e:
            yield i, sys.exception()
        yield i*1000, sys.exception()
def use():
    out=[]
    try: 1//0
    except ZeroDivisionError:
        for a,b in h(4): out.append((a,repr(b),repr(sys.exception())))
    for a,b in h(4): out.append((a,repr(b),repr(sys.exception())))
    return out
for _ in range(3): r=use()
print(r)
# generator raising, in a try in the loop's function
def r(n):
    x=[n]
    yield 1000
    y=[x]
    if n%2: raise ValueError(n)
    yield 2000
def tr():
    out=[]
    for i in range(10):
        try:
            for v in r(i): out.append(v*1001)
        except ValueError as e: out.append(str(e))
        else: out.append('ok')
        finally: out.append(i)
    return out
for _ in range(3): q=tr()
print(q)
# generator frees itself / closes itself/ resumes itself
def s():
    global me
    yield 1
    try: me.close()
    except ValueError as e: yield str(e)
    try: next(me)
    except ValueError as e: yield str(e)
    me=None
    yield 3
for _ in range(5):
    me=s(); out=[]
    for v in me: out.append(v)
print(out)
def drop():
    l=[None]
    def s2():
        x=D('s2')
        yield 1
        l.clear()
        yield 2
        yield 3
    l[0]=s2()
    out=[]
    for v in l[0]:
        out.append(v)
        if v==2: break
    return out
for _ in range(5): out=drop()
print(out,log); log.clear()
# gc of suspended generators in cycles
def cyc():
    me=[]
    def c():
        try:
            d=D('cyc')
            while True: yield me
        finally: log.append('fin')
    x=c(); me.append(x)
    for v in x: break
for _ in range(5): cyc()
gc.collect(); print(sorted(log)); log.clear()
# nested: yields through several loops, recursion
def tree(n):
    if n>0:
        for v in tree(n-1): yield v
        yield n*1000
        for v in tree(n-1): yield v
print(sum(tree(8)), len(list(tree(6))))
def deep(n):
    yield n
    for v in deep(n+1): yield v
def dd():
    m=0
    try:
        for v in deep(0): m=v
    except RecursionError: return m>100
print(dd(),dd())
# StopIteration inside
def si():
    yield 1
    raise StopIteration
for _ in range(4):
    try:
        for v in si(): pass
    except RuntimeError as e: print(e, type(e.__cause__).__name__)
# frame objects
def fo():
    x=[1]
    f=sys._getframe()
    yield f
    x.append(f.f_lineno>0)
    yield x
for _ in range(4): 
    it=fo(); out=[]
    for v in it: out.append(v)
    print(out[1], it.gi_frame)
del out,it,v,me
gc.collect()
def exh():
    y=1001
    yield y
    return
for _ in range(4):
    it=exh()
    for v in it: pass
    for v in it: pass
    print(next(it,'end'), it.gi_running)
def gg(a,b):
    t=a*b + ((yield a*b*2) or 5000) * (a*b+(yield b*1000))
    yield t
    d=D((yield t*2)*a)
    yield d.n+a*b
for _ in range(5):
    it=gg(1001,2.5); print([v for v in (next(it), it.send(3000), it.send(7), next(it), it.send(6))])
    it=gg(1001,25); next(it); it.close()
    it=gg(1001,25); next(it); next_=it.send(2000); del it
print(log)
