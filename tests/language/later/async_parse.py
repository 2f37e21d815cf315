import sys


async def co(x):
    return x + 1


async def main():
    total = 0
    for i in range(3):
        total += await co(i)
    return total


c = main()
try:
    c.send(None)
except StopIteration as e:
    print(e.value)
print(type(c).__name__, co.__name__)


async def agen():
    yield 1


print(type(agen()).__name__)
