import types
@types.coroutine
def suspend(v):
    return (yield v)

async def gen():
    try:
        x = yield 1
        print("got", x)
        r = await suspend("s")
        print("resumed", r)
        yield 2
    finally:
        print("fin")

def run(coro):
    out = []
    send = None
    try:
        while True:
            out.append(coro.send(send))
            send = "back"
    except StopIteration as e:
        return e.value, out

async def main():
    async for v in gen():
        print("v", v)
    print([v async for v in gen()])
    g = gen()
    print(await g.asend(None))
    print(await g.asend("hello"))
    try:
        print(await g.athrow(ValueError("x")))
    except ValueError as e:
        print("VE", e)
    g = gen()
    await g.__anext__()
    await g.aclose()
    try:
        await g.__anext__()
    except StopAsyncIteration:
        print("SAI")
    print(await anext(g, "dflt"))
    class CM:
        async def __aenter__(self):
            await suspend("enter")
            return "cm"
        async def __aexit__(self, *a):
            print("exit", a[0])
            return True
    async with CM() as c:
        print(c)
        raise KeyError(1)
    async with CM() as c, CM() as d:
        print(c, d)
    return "done"
print(run(main()))
g = gen()
print(type(g), g.ag_running, g.ag_code.co_name, g.ag_await)
a = g.asend(None)
print(type(a))
try: a.send(None)
except StopIteration as e: print(e.value)
try: a.send(None)
except RuntimeError as e: print(e)
try: g.aclose().send(None)
except StopIteration as e: print("closed")
import sys
