# Numbers in temporaries around awaits, asynchronous comprehensions and yields.

class AG:
    def __init__(s,n): s.n=n
    def __aiter__(s): return s
    async def __anext__(s):
        s.n-=1
        if s.n<0: raise StopAsyncIteration
        return s.n
def agen(n): return AG(n)
async def f(a,b):
    r = a*b + sum([y async for y in agen(5)])
    s = (a*1000) - (a*b*2000 + len([y async for y in AG(3)])*7777) * (a+b)
    t = a*b*3 + len({y:y*a async for y in agen(4) if y*a > 1000-b*5})
    return r,s,t
def sub():
    try:
        x = yield 1
    except ValueError: pass
    yield 2
    return 7000
def g(a,b):
    while True:
        r = a*b*1000 + (yield from sub())
        yield r
        r = a*b*1000 + ((yield a*b*3) or 9999) * (a*b + 1000)
        yield r
async def main():
    for i in range(5): print(await f(100+i,2000+i))
c=main()
try:
    c.send(None)
except StopIteration: pass
it=g(100.5,200.25)
print([next(it) for _ in range(20)])
it=g(1001,2001)
print(next(it)); print(it.throw(ValueError)); print([next(it) for _ in range(9)]); it.close()
class It:
    def __init__(s): s.n=0
    def __iter__(s): return s
    def __next__(s):
        s.n+=1
        return s.n
    def throw(s,*a):
        raise StopIteration(55555)
    def send(s,v): return v
def h(a,b):
    r = a*b*1000 + (yield from It()) * (a*b+77)
    yield r
for i in range(4):
    it=h(1001,2001.5); next(it); next(it); print(it.throw(KeyError)); it.close()
class Aw:
    def __await__(s):
        try: yield 5000
        except KeyError: pass
        return 10000
async def k(a,b):
    return a*b*1000 + (await Aw()) * (a*b+77) - (await Aw())
for i in range(4):
    c=k(1001,2001.5)
    print(c.send(None))
    print(c.throw(KeyError))
    try: c.send(None)
    except StopIteration as e: print(e.value)
c=k(1001,2001.5); c.send(None); c.close()
