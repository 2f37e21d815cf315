# expect: own
# Coroutines and `await` work, `async with` is refused when it is run.


class Manager:
    async def __aenter__(self):
        return self

    async def __aexit__(self, *exception):
        return None


async def answer():
    return 42


async def awaits():
    return await answer()


async def enters():
    async with Manager():
        print("inside")


for coroutine in (awaits(), enters()):
    try:
        coroutine.send(None)
    except StopIteration as end:
        print("returned", end.value)
    except NotImplementedError as error:
        print(f"{type(error).__name__}: {error}")
