# The asynchronous half of contextlib.
import asyncio
import contextlib


@contextlib.asynccontextmanager
async def manager(name):
    print("enter", name)
    try:
        yield name.upper()
    except KeyError as error:
        print("caught", error)
    finally:
        print("leave", name)


async def main():
    async with manager("a") as value:
        print(value)
    async with manager("b"):
        raise KeyError("lost")
    async with contextlib.AsyncExitStack() as stack:
        print(await stack.enter_async_context(manager("c")))
        stack.enter_context(contextlib.suppress(ValueError))
        stack.callback(print, "callback")
        stack.push_async_callback(asyncio.sleep, 0)
        raise ValueError
    print("after")

    @manager("d")
    async def decorated():
        print("inside")

    await decorated()

    async def numbers():
        try:
            yield 1
            yield 2
        finally:
            print("closed")

    async with contextlib.aclosing(numbers()) as generator:
        print(await anext(generator))
    async with contextlib.nullcontext("null") as value:
        print(value)
    try:
        async with manager("e"):
            raise StopAsyncIteration("through")
    except StopAsyncIteration as error:
        print(error)


asyncio.run(main())
