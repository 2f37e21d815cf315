# Strings that grow in place while others refer to them.
import sys
class K: pass
def f(n):
    s=''; out=[]
    for i in range(n):
        s += 'ab'
        if i==3: r=s
        if i==5: d={s:1}
        if i==7: x=id(s)
        if i==9: it=iter(s)
        if i==11: k=K(); k.s=s
        if i==13: h=hash(s)
        if i==15: t=s[2:]; u=s[:]
        s = s + 'é' if i==17 else s
        if i==19: s += '\u20ac'
        if i==21: s += '\U0001F600'
        if i==23: y=sys.intern(s)
    return r, d, list(it), k.s, hash(s)==hash(s[:]), t, u, s, s.isascii(), len(s), y, s.encode()
for _ in range(3): v=f(30)
print(ascii(v[:4]), ascii(v[5:]))
def g():
    s='x'*100
    a=s
    s+='y'
    b=s; s+=s; c=s; s+='z'
    s=s+s
    s+=''
    e=''
    e+=s
    e+='q'
    return a,b,c,s,e
for _ in range(3): v=g()
print(v)
def h():
    s='a'
    try:
        for i in range(10):
            s+='b'
            if i==7: s+=None
    except TypeError as e:
        s+='c'
        return s, str(e)
for _ in range(3): v=h()
print(v)
def big():
    s='ab'
    for i in range(3000): s=s+'xyz'*(i%5)+'w'
    return len(s), hash(s)==hash(''.join(list(s))), s.count('w')
for _ in range(3): v=big()
print(v)
def hashed():
    d={}
    s=''
    for i in range(20):
        s+=chr(97+i); d[s]=i
    return [d[k] for k in [ ''.join(chr(97+j) for j in range(i+1)) for i in range(20)]]
print(hashed())
def cell():
    s=''
    def q(): return s
    for i in range(10): s+='k'
    return q()
print(cell())
class S(str):
    def __add__(self,o): return 'S'+str(self)[:0]+o
def sub():
    s=S('k')
    for i in range(5): s+='z'
    return s
for _ in range(3): print(sub())
def comp(): return [s+'!' for s in ['a','b'] for s in [s+'x'+s]]
print(comp(),comp())
def multi(a):
    s=a+'b'+'c'+a+'d'
    t=(s+'e')+(s+'f')
    return s,t
for _ in range(3): v=multi('q'*50)
print(v)
def gen():
    s=''
    while len(s)<6:
        s+=(yield s) or '-'
g=gen(); print([next(g)]+[g.send(c) for c in 'hello'])
def loc():
    s='a'
    for i in range(5):
        s+='b'; locals()['s']; z=locals()
        s+='c'
    return s,z['s']
print(loc(),loc())
def dele():
    s='aa'
    for i in range(4):
        s+='b'
        t=s
        del s
        s=t; del t
        s+='c'
    return s
print(dele())
def unb():
    s='1'
    del s
    try:
        s+='x'
    except UnboundLocalError as e: return str(e)
for _ in range(10): r=unb()
print(r)
