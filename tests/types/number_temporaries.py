# Arithmetic in temporaries that are used again.
import gc
class D:
    def __init__(s,n): s.n=n
    def __del__(s): log.append(s.n)
    def __mul__(s,o):
        if o==3: raise ValueError
        return D(s.n*1000+o)
    def __add__(s,o): return D(s.n+1)
log=[]
def f(d,a,b):
    try:
        return (d*b)+(d*a)
    except ValueError:
        r=(a*b)*(a+b)
        return r
for i in range(8): print(getattr(f(D(i),i,7),'n','int'),end=' ')
print(log); log.clear()
def g(d,a):
    out=[]
    for i in range(6):
        try: out.append((d*i)+(1000*a)-(d*3))
        except (ValueError,TypeError) as e: out.append(type(e).__name__)
        out.append((a*1000+i)*(a*2000+i))
    return out
print(g(D(1),5)); print(log); log.clear()
def ident(a,b):
    x=a*b; y=x; x=x+1; z=x; x+=5; w=[x]; x*=3
    return y,z,w,x
for i in range(3): print(ident(1000,1.5), ident(1000,2000))
def chain(a,b,c):
    return a*b < b*c < c*a+1000, a*b==b*a!=c*c, not a*b>c, -(a*b), -(a*1.5), ~(a*b)
for i in range(4): print(chain(1000,2000,3000+i))
def subs(l,i,j):
    l[i*1+j]=l[i*2-i]+l[j*1]*1000
    l[i+j]+=l[i*1]+1
    return l
for i in range(4): print(subs([1000,2000,3000,4000],1,i%3))
def cond(a,b,c):
    return a*b if c>b*2 else (a+b)*(a-b) if c else -a*b
for i in range(4): print(cond(1000,2000,9000), cond(1000,2000,1), cond(1000,2000,0), cond(1.5,2,9))
def inc(a,b):
    r=a*b + sum([(x*a+b)*(x+b) for x in range(5) if x*a<3000]) * (a+b)
    q=a*b - len([1 for x in range(3)])*a*b
    try: z=a*b+sum([1000//(x-2) for x in range(5)])
    except ZeroDivisionError: z=(a*b)*(b*a)
    return r,q,z
for i in range(4): print(inc(1000,2000))
def walr(a,b): return (x:=a*b)+(x:=x*2)*x, x
for i in range(3): print(walr(1000,3))
def mix(a,b): return a*b+(b if a>b else a)*(a or b), (a and b)*a+b*(lambda q:q*1000)(a)
for i in range(3): print(mix(1000,2000),mix(3.5,2))
class I(int): pass
class F(float):
    def __mul__(s,o): return 'F'
for i in range(10): r=[mixx for mixx in [(I(1000)*5+1, True*1000+2, F(2.0)*3, 3*F(2.0), 1000*True, I(5)**2, 2.0**I(3), F(2.0)**2, 2.5**-1, 0.0**0, (-8.0)**2, -0.0*5)]]
print(r)
def err(x): 
    try: return x**-1, 
    except Exception as e: return type(e).__name__, str(e)
def err2(x):
    try: return x**500
    except Exception as e: return type(e).__name__
def half(x): return x**0.5
for v in [2.0,2.0,2.0,0.0,1e300,-2.0,5,float('inf'),float('nan'),True,10**30]:
    print(err(v), end=' ')
for v in [2.0,2.0,1e300,1e-300,-2.0,-1e300,float('inf')]: print(err2(v), end=' ')
for v in [2.0,2.0,4.0,0.0,-4.0,1e300,-0.0,float('inf'),float('-inf')]: print(half(v), end=' ')
print()
M=2**63-1
def ov(a): return a+1, a-1, a*2, -a, a<<1, a>>70, a//-1, a%-1, a%7, a//7, ~a, a&-1, a|1, a^a, a+M, a-M
for i in range(3):
    for v in [M,-M-1,-M,0,5,-5,2**70,-2**70,2**31,-2**31,2**32]: r=ov(v)
    print(r)
for v in [M,-M-1,-M,0,5,-5,2**70,-2**70,2**31,-2**31,2**32]: print(ov(v))
def nloop():
    t=0
    for i in range(1000,1010):
        k=i
        t+=i
        l=[i]*2
        i+=5
        t+=k*i
    return t,k,l,i
print(nloop(),nloop())
def idn(a):
    x=a*1000; i=id(x); y=x; x=x+1
    return id(y)==i, y, x
for k in range(3): print(idn(7))
def yb(a,b):
    r=a*b+((yield a*b) or 1)*(yield b*1000)
    yield r
for k in range(4):
    g_=yb(1001,2002); print(next(g_),g_.send(1003),g_.send(k))
def dl(a):
    x=a*1000
    del x
    try: return x*2+a
    except UnboundLocalError as e: return str(e)
for k in range(4): print(dl(5))
