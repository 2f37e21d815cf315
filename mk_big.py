class C:
    base=3
    def __init__(self,n): self.n=n
    def __call__(self,x): return x
    def __eq__(self,o): return True
    def __hash__(self): return 1
    @classmethod
    def make(cls,n): return n
class E: pass
def both(a,*args,k=1,**kw): return a
def run(n):
    big=10**20
    for i in range(n):
        (i+big)*3
run(8000000)
