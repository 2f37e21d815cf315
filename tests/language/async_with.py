# `async with`: the order of things, exceptions, and objects that do not fit.
import types


@types.coroutine
def pause(value):
    return (yield value)


class Manager:
    def __init__(self, name, swallow=False):
        self.name, self.swallow = name, swallow

    async def __aenter__(self):
        print("enter", self.name, await pause("in"))
        return self.name

    async def __aexit__(self, kind, value, traceback):
        print("exit", self.name, kind, value, traceback is not None, await pause("out"))
        return self.swallow


def drive(coroutine):
    seen = []
    answer = None
    try:
        while True:
            seen.append(coroutine.send(answer))
            answer = len(seen)
    except StopIteration as stop:
        return stop.value, seen
    except Exception as error:
        return repr(error), seen


async def plain():
    async with Manager("a") as a, Manager("b") as b:
        return a + b


async def swallowed():
    async with Manager("c", True):
        raise KeyError("lost")
    return "after"


async def raised():
    async with Manager("d"):
        raise KeyError("seen")


async def leaves():
    for _ in range(2):
        async with Manager("e"):
            continue
    async with Manager("f"):
        pass


for function in (plain, swallowed, raised, leaves):
    print(drive(function()))


class NoExit:
    async def __aenter__(self):
        pass


class NotAwaitable:
    def __aenter__(self):
        return 1

    async def __aexit__(self, *details):
        pass


class ExitNotAwaitable:
    async def __aenter__(self):
        pass

    def __aexit__(self, *details):
        return 2


async def wrong(manager):
    async with manager:
        pass


for manager in (1, NoExit(), NotAwaitable(), ExitNotAwaitable()):
    print(drive(wrong(manager))[0])


class BadIterator:
    def __aiter__(self):
        return 1


class BadItem:
    def __aiter__(self):
        return self

    def __anext__(self):
        return 1


async def walk(iterable):
    async for _ in iterable:
        pass


for iterable in (1, BadIterator(), BadItem()):
    print(drive(walk(iterable))[0])
