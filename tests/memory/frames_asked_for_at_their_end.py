# Finalizers of locals ask for the frame that is ending.
import sys
log=[]
class D:
    def __init__(s,n): s.n=n
    def __del__(s):
        f=sys._getframe(1)
        log.append(s.n)
def f(n):
    a=D(n); b=[a]
    return n*1000
def g(n):
    a=D(n)
def h(n):
    a=D(n)
    raise ValueError
def i(n):
    a=D(n)
    yield n
class K:
    def __init__(s,n): a=D(n)
    def __add__(s,o):
        a=D(o)
        return 1
    @property
    def p(s): a=D('p')
def main():
    k=K('i')
    for q in range(3):
        f(q); g(q)
        try: h(q)
        except ValueError: pass
        for x in i(q): pass
        K('init')
        k+q
        k.p
main()
print(log)
