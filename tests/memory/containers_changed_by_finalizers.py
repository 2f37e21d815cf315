# Finalizers that change the containers being worked on; loops over pairs; lists used as queues.
import gc
log=[]
class D:
    def __init__(s,n,f=None): s.n=n; s.f=f
    def __del__(s):
        log.append(s.n)
        if s.f: s.f()
def store():
    l=[]
    l.append(D(1,lambda: l.clear())); l.append(2)
    for i in range(3):
        if len(l)>0: l[0]=i
        l.append(D(10+i, lambda: l.append('x')))
        l[-1]=i
    return l
for _ in range(4): r=store()
print(r,log); log.clear()
def attr():
    class O: pass
    o=O(); o.x=D('a',lambda: setattr(o,'x',D('b',lambda:o.__dict__.clear())))
    for i in range(4): o.x=i
    try: return o.x
    except AttributeError: return 'gone'
for _ in range(4): r=attr()
print(r,log); log.clear()
def zipm():
    a=[D(i) for i in range(4)]; b=[D(10+i) for i in range(4)]
    for x,y in zip(a,b):
        if x.n==1: a.clear()
        del x,y
    return len(a)
for _ in range(4): r=zipm()
gc.collect(); print(r,log); log.clear()
def enum():
    a=[D(i) for i in range(6)]; out=[]
    for i,x in enumerate(a,1000):
        out.append(i); del a[0]
        x=None
    return out
for _ in range(4): r=enum()
gc.collect(); print(r,log); log.clear()
def items():
    d={D(i):D(10+i) for i in range(4)}; out=[]
    try:
        for k,v in d.items():
            out.append((k.n,v.n)); d[k]=5; v=None
            if k.n==2: d['new']=1
    except RuntimeError as e: out.append(str(e))
    return out
for _ in range(4): r=items()
gc.collect(); print(r,log); log.clear()
def same(): 
    it=iter([1000,2000,3000,4000]); o=[]
    for a,b in zip(it,it): o.append((a,b))
    l=[1001,2002]
    for a,b in zip(l,l): o.append(a+b)
    for i,(a,b) in enumerate(zip(l,l)): o.append((i,a,b))
    for t in zip(l,l): o.append(t)
    z=zip(l,[D(1),D(2),D(3)])
    for a,b in z: o.append(b.n)
    try:
        for a,b in zip(l,[1],strict=True): o.append(a)
    except ValueError as e: o.append(str(e))
    for a,b in zip([1,2,3],[4,5]): pass
    try:
        for a,b,c in zip(l,l): pass
    except ValueError as e: o.append(str(e))
    x=D('x')
    for a,a in zip([x,x],[x,x]): pass
    for a[0:1],q in []: pass
    return o
try:
    for _ in range(4): r=same()
    print(r)
except Exception as e: print(type(e),e)
gc.collect(); print(log); log.clear()
def keep():
    ts=[]
    e=enumerate([5,6,7,8])
    for i,x in e:
        if i==1: ts.append(next(e))
    z=zip([1,2,3,4,5],'abcde'); 
    for a,b in z:
        ts.append((a,b))
        if a==2: t=next(z); ts.append(t)
    d={1:2,3:4,5:6}; it=iter(d.items())
    for a,b in it:
        ts.append(a)
        gc.collect()
        if a==1: ts.append(next(it))
    return ts
for _ in range(4): print(keep())
def queue():
    l=[[i] for i in range(40)]; out=0
    for i in range(100):
        x=l.pop(0); out+=x[0]; l.append([i])
    del l[0]; l.insert(0,['f']); l.remove(['f']); del l[0:3]; l[0:0]=[[1],[2]]; l.extend([[3]]*30)
    for i in range(20): l.pop(0)
    l.sort(); l.reverse(); m=l[:]; l*=2; l+=m
    for i in range(30): l.pop(0)
    c=l.copy(); l.clear(); l.append(1)
    return out,len(c),l,c[0]
for _ in range(3): print(queue())
def queue2():
    b=bytearray(range(100))
    for i in range(60): b.pop(0)
    b+=b'abc'; b.insert(0,5); del b[0]
    l=list(range(1000,1100))
    it=iter(l); o=[]
    for x in it:
        o.append(l.pop(0))
    for x in l:
        if len(l)>20: del l[0]
        l.append(1) if len(l)<3 else None
    l2=list(range(50)); 
    for i in range(30): l2.pop(0)
    l2.sort(key=lambda v:(-v, l2.append(1) if 0 else 0))
    l2[:]=[]; l2.extend(range(5))
    r=l2*3
    return bytes(b),len(o),len(l),l2,r
for _ in range(3): print(queue2())
def sortq():
    l=list(range(60,0,-1))
    for i in range(20): l.pop(0)
    def k(v):
        l.append(v) if v==7 else None
        return v
    try: l.sort(key=k)
    except ValueError as e: return str(e), l[:3]
print(sortq())
def unp():
    def mk(): return [D(1),D(2)]
    a,b=mk(); a,b=b,a
    (a,b),c=(mk(),3)
    try: a,b=mk()+[D(3)]
    except ValueError as e: s=str(e)
    [a,b]=(a,b)
    l=[a,b]; l[0],l[1]=l[1],l[0]
    i=0; i,l[i]=1,'z'
    a,*b=mk()
    return l[1],s
for _ in range(4): r=unp()
print(r); r=None; gc.collect(); print(len(log)); log.clear()
def consti():
    def mk(): return [D(1),D(2),[1]]
    x=mk()[1]; y=mk()[-1][0]; z=(mk(),)[0][2]
    try: mk()[7]
    except IndexError as e: pass
    l=[1,2,3]; t=(1,2); o=[]
    for q in (l,t,'ab',{0:9},b'xy',range(5),l,t): o.append(q[0])
    return x.n,y,z,o
for _ in range(4): r=consti()
print(r); gc.collect(); print(len(log)); log.clear()
def compapp(n):
    r=[[i]+(lambda:[D(i)])() for i in range(n)]
    try: [1000//(3-i) for i in range(10)]
    except ZeroDivisionError: pass
    s=[r for r in r]; s.append(s)
    return len(r)
for _ in range(4): r=compapp(5)
gc.collect(); print(r,sorted(log)); log.clear()
