"""any and all over generator expressions: shadowed names, errors, early ends, depth."""
import sys, gc
print(any(x > 3 for x in range(5)), all(x > 3 for x in range(5)), any(x for x in ()), all(x for x in ()))
def f(seq):
    if any(len(s) > 2 for s in seq): return 1
    return all(s for s in seq) + 10
print(f(["a","bbb"]), f(["a"]), f([""]))
class B:
    def __bool__(self): raise ValueError("no truth")
try: any(B() for _ in range(2))
except ValueError as e:
    import traceback; traceback.print_exc(file=sys.stdout)
def g():
    try:
        yield 0
        yield 1
        yield 2
    finally: print("closed")
print(any(x for x in g()))
def shadow():
    any = lambda it: list(it)
    return any(x for x in range(3))
print(shadow())
any_ = any
def any(it): return ["mine", *it]
print(any(x for x in range(3)))
del any
print(any(1 for x in range(3)))
async def agen():
    try: return all(x async for x in aiter_())
    except TypeError as e: print(e)
async def aiter_():
    yield 1
import asyncio
asyncio.run(agen())
class C:
    v = [1,2]
    ok = all(x for x in v)
    print(ok)
try: all(1/0 for _ in range(2))
except ZeroDivisionError: traceback.print_exc(file=sys.stdout)
x = [any(y == z for z in range(3)) for y in range(5)]
print(x)
print(f"{any(i for i in [0,5])}")
try: any((yield_ for yield_ in 5))
except TypeError as e: print(e)
def deep(n): return n == 0 or any(deep(n-1) for _ in range(1))
print(deep(150))
try: print(deep(100000))
except RecursionError as e: print("RecursionError", e)
def gen():
    r = any(i for i in range(3))
    yield r
    yield all(i < 5 for i in range(3))
print(*gen())
