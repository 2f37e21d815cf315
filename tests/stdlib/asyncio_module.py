# The event loop: tasks, timers, and what coordinates them. Nothing here depends on how long things take.
import asyncio


async def worker(name, queue, done):
    while (item := await queue.get()) is not None:
        done.append((name, item))
        queue.task_done()
        await asyncio.sleep(0)
    queue.task_done()


async def main():
    queue, done = asyncio.Queue(), []
    tasks = [asyncio.create_task(worker(name, queue, done), name=name) for name in "ab"]
    for item in range(4):
        await queue.put(item)
    for _ in tasks:
        queue.put_nowait(None)
    await queue.join()
    await asyncio.gather(*tasks)
    print(sorted(done, key=lambda pair: pair[1]), [task.get_name() for task in tasks], tasks[0].done())

    async def fail():
        raise ValueError("failed")

    results = await asyncio.gather(fail(), asyncio.sleep(0, "slept"), return_exceptions=True)
    print(results)
    try:
        await asyncio.wait_for(asyncio.Event().wait(), 0.001)
    except TimeoutError as error:
        print("timed out", repr(error.__cause__ or error.__context__))
    try:
        async with asyncio.timeout(0.001):
            await asyncio.sleep(3600)
    except TimeoutError:
        print("timeout")

    task = asyncio.create_task(asyncio.sleep(3600))
    await asyncio.sleep(0)
    print(task.cancel("why"))
    try:
        await task
    except asyncio.CancelledError as error:
        print("cancelled", error.args, task.cancelled())

    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(fail())
            other = group.create_task(asyncio.sleep(3600))
    except* ValueError as errors:
        print(errors.exceptions, other.cancelled())

    lock, order = asyncio.Lock(), []

    async def locked(number):
        async with lock:
            order.append(number)
            await asyncio.sleep(0)
            order.append(number)

    await asyncio.gather(*[locked(number) for number in range(3)])
    print(order)
    event = asyncio.Event()
    asyncio.get_running_loop().call_later(0.001, event.set)
    print(await event.wait(), event.is_set())
    done, pending = await asyncio.wait([asyncio.create_task(asyncio.sleep(0))], return_when=asyncio.FIRST_COMPLETED)
    print(len(done), len(pending))
    semaphore = asyncio.Semaphore(2)
    async with semaphore, semaphore:
        print(semaphore.locked())
    return asyncio.current_task() in asyncio.all_tasks()


print(asyncio.run(main()))


async def numbers():
    try:
        for number in range(3):
            yield number
    finally:
        print("closed")


async def stop_early():
    async for number in numbers():
        break
    return number


print(asyncio.run(stop_early()))
try:
    asyncio.run(1)
except (TypeError, ValueError) as error:
    print("refused")
try:
    asyncio.get_running_loop()
except RuntimeError as error:
    print(error)
