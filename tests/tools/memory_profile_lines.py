# expect: own
"""Which lines memory_profiler counts, and how often: CPython's line events but for lines inside of one expression."""
import asyncio
import io
from memory_profiler import profile

out = io.StringIO()


@profile(stream=out)
def clauses(n):
    i = 0
    while i < n:
        i += 1
    if n == 1:
        pass
    elif n == 2:
        pass
    else:
        q = 1
    try:
        int("x")
    except KeyError:
        pass
    except (
        ValueError
    ):
        pass
    else:
        pass
    finally:
        z = 1
    match n:
        case 1:
            pass
        case 5 if n:
            pass
    with open("/dev/null") as g:
        pass
    if n: y = 1
    y = 1; y = 2
    @str
    def inner(): pass
    class K:
        a = 1
    str(
        b"1",
        "ascii",
    )
    for k in range(2):
        if k: continue
        break
    assert n
    del y
    global GG
    GG = 1
    return (i and
            n)

@profile(stream=out)
def one_liners(n):
    for i in range(n): x = i
    while n: n -= 1
    try: raise KeyError
    except KeyError: y = 1; z = 2
    with open("/dev/null"): x = 1
    return x


@profile(stream=out)
def swallowed():
    with suppress(KeyError):
        raise KeyError
    for i in range(3):
        with open("/dev/null"):
            if i == 1:
                return i


@profile(stream=out)
async def coroutine():
    await asyncio.sleep(0)
    held = [1]
    async with asyncio.Lock():
        pass
    return held


from contextlib import suppress

clauses(5)
one_liners(3)
swallowed()
print(asyncio.run(coroutine()))
for line in out.getvalue().splitlines():
    if line[:6].strip().isdigit():
        print(line[:6].strip(), line[34:46].strip(), line[46:], sep="|")
