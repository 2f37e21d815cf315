# expect: own
# The event loop waits for time only.
import asyncio


async def main():
    loop = asyncio.get_running_loop()
    try:
        loop.run_in_executor(None, print)
    except NotImplementedError as error:
        print(error)
    print(hasattr(asyncio, "open_connection"), hasattr(asyncio, "create_subprocess_exec"))


asyncio.run(main())
