# Arguments bound by position, keyword and default, on every path.
class D:
    def __init__(s,n): s.n=n
    def __del__(s): log.append(s.n)
log=[]
def t(f):
    try: return f()
    except Exception as e: return type(e).__name__, str(e)
def k(a,b=2,*,c=3,d): return a,b,c,d
def v(a,b=5,*args): return a,b,args
def po(a,b,/,c,d=4): return a,b,c,d
def kw(a,**k): return a,sorted(k.items())
def many(a,b,c,d,e=1,f=2,*,g,h=3): return a,b,c,d,e,f,g,h
def cl(a,b=1,*,c=2):
    def q(): return a,b,c
    return q()
def gen(a,b=1,*,c=2):
    yield a,b,c
calls=[lambda:k(1,d=4),lambda:k(d=4,a=1,b=7),lambda:k(1,2,3,d=4),lambda:k(1),lambda:k(1,a=2,d=3),lambda:k(1,z=2,d=3),lambda:k(b=1,d=2),
 lambda:v(1),lambda:v(1,2),lambda:v(1,2,3),lambda:v(1,b=3),lambda:v(),lambda:v(b=2),lambda:v(1,2,b=3),lambda:v(*[1,2,3,4]),lambda:v(*range(300))[2][-1],
 lambda:po(1,2,3),lambda:po(1,2,c=3),lambda:po(1,b=2,c=3),lambda:po(1,2,d=5,c=9),lambda:po(a=1,b=2,c=3),lambda:po(1,c=3),lambda:po(1,2,3,c=4),
 lambda:kw(1,a2=2),lambda:kw(a=1,b=2),lambda:kw(1,a=1),lambda:many(1,2,d=4,c=3,g=7),lambda:many(h=1,g=2,f=3,e=4,d=5,c=6,b=7,a=8),lambda:many(1,2,3,4,5,6,7,g=1),lambda:many(1,2,3,4,h=1),
 lambda:cl(1,c=5),lambda:cl(c=1,a=2),lambda:list(gen(1,c=7)),lambda:k(**{'a':1,'d':2}),lambda:k(D('x').n,d=D('y').n),lambda:k(D('p'),D('q'),D('r'),d=D('s')),lambda:k(a=D('p2'),zz=D('q2')),lambda:(lambda *a,**k:(a,k))(1,x=2),lambda:(lambda *,x:x)(x=D('w')).n,lambda:(lambda *a:len(a))(*[D(i) for i in range(20)])]
for c in calls:
    r=[t(c) for _ in range(5)]
    if any(q!=r[0] for q in r) and not 'D object' in str(r): print('VARY',r)
    print(r[0] if 'object at' not in str(r[0]) else 'obj'); r=None
print(log)
class K:
    def __init__(s,a,b=2,*args,c=3,**k): s.v=(a,b,args,c,k)
    def m(s,a,b=2,*,c=3): return a,b,c
for i in range(10): x=(K(1,c=4).v,K(1,2,3,4,z=5).v,K(b=1,a=2).v,K(1).m(1,c=2),K(1).m(b=5,a=6),t(lambda:K(1).m()),t(lambda:K()),t(lambda:K(1,a=2)))
print(x)
def rec(n,a=[],*,k=None): return n if n==0 else rec(n-1,k=n)
print([rec(50) for _ in range(3)])
def deep(n,*a,k=1): return deep(n+1,*a,k=k)
for i in range(3): print(t(lambda:deep(0,1,2,k=3))[0])
