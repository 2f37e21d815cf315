# Attributes of a class that its metaclass writes, read from instances.
class C:
    "doc0"
    v: int
def rd(o): return o.__doc__
def rm(o): return o.__module__
def ra(o): return o.__annotations__
c=C()
fs=(rd,rm,ra)
for i in range(20): r=[f(c) for f in fs]
C.__doc__='doc1'; print([f(c) for f in fs])
C.__module__='mod1'; print([f(c) for f in fs])
C.__annotations__={'w':1}; print([f(c) for f in fs])
ks=[type('K%d'%i,(C,),{})() for i in range(6)]
for i in range(20): r=[[f(k) for f in fs] for k in ks]
print(r)
C.__annotations__={'w':3}; print([[f(k) for f in fs] for k in ks])
for k in ks: type(k).__module__='own'
print([[f(k) for f in fs] for k in ks])
