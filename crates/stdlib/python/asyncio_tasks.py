"""Coroutines side by side, and waiting for them."""

import contextvars
import types

from asyncio.coroutines import iscoroutine
from asyncio.events import get_event_loop, get_running_loop
from asyncio.exceptions import CancelledError
from asyncio.futures import Future, _set_unless_done, isfuture
from asyncio.queues import Queue

FIRST_COMPLETED = "FIRST_COMPLETED"
FIRST_EXCEPTION = "FIRST_EXCEPTION"
ALL_COMPLETED = "ALL_COMPLETED"

_tasks = {}
_current = {}
_counter = 0


class Task(Future):
    """A coroutine that runs side by side with others."""

    def __init__(self, coro, *, loop=None, name=None, context=None, eager_start=False):
        global _counter
        super().__init__(loop=loop)
        if not iscoroutine(coro):
            raise TypeError(f"a coroutine was expected, got {coro!r}")
        if name is None:
            _counter += 1
            name = f"Task-{_counter}"
        self._name = str(name)
        self._coro = coro
        self._context = contextvars.copy_context() if context is None else context
        self._must_cancel = False
        self._requests = 0
        self._waiter = None
        _tasks[id(self)] = self
        self._loop.call_soon(self._step, context=self._context)

    def get_coro(self):
        """The coroutine."""
        return self._coro

    def get_context(self):
        """The context it runs in."""
        return self._context

    def get_name(self):
        """The task's name."""
        return self._name

    def set_name(self, value):
        """Set the task's name."""
        self._name = str(value)

    def set_result(self, result):
        """The coroutine sets it."""
        raise RuntimeError("Task does not support set_result operation")

    def set_exception(self, exception):
        """The coroutine sets it."""
        raise RuntimeError("Task does not support set_exception operation")

    def cancel(self, msg=None):
        """Raise CancelledError in the coroutine."""
        self._log_traceback = False
        if self.done():
            return False
        self._requests += 1
        if self._waiter is not None and self._waiter.cancel(msg=msg):
            return True
        self._must_cancel = True
        self._cancel_message = msg
        return True

    def cancelling(self):
        """How many requests to cancel there are."""
        return self._requests

    def uncancel(self):
        """Take one request back."""
        if self._requests > 0:
            self._requests -= 1
            if self._requests == 0:
                self._must_cancel = False
        return self._requests

    def _step(self, error=None):
        if self._must_cancel:
            if not isinstance(error, CancelledError):
                error = self._make_cancelled_error()
            self._must_cancel = False
        self._waiter = None
        outer = _current.get(self._loop)
        _current[self._loop] = self
        try:
            self._advance(error)
        finally:
            if outer is None:
                _current.pop(self._loop, None)
            else:
                _current[self._loop] = outer
            if self.done():
                _tasks.pop(id(self), None)
            self = error = None

    def _advance(self, error):
        coro = self._coro
        try:
            awaited = coro.send(None) if error is None else coro.throw(error)
        except StopIteration as stop:
            if self._must_cancel:
                self._must_cancel = False
                super().cancel(msg=self._cancel_message)
            else:
                super().set_result(stop.value)
            return
        except CancelledError as cancelled:
            super().cancel(msg=cancelled.args[0] if cancelled.args else None)
            return
        except (KeyboardInterrupt, SystemExit) as fatal:
            super().set_exception(fatal)
            raise
        except BaseException as raised:
            super().set_exception(raised)
            return
        if getattr(awaited, "_asyncio_future_blocking", None) is None:
            if awaited is None:
                self._loop.call_soon(self._step, context=self._context)
            else:
                self._fail_step(RuntimeError(f"Task got bad yield: {awaited!r}"))
        elif not awaited._asyncio_future_blocking:
            self._fail_step(RuntimeError(f"yield was used instead of yield from in task {self!r} with {awaited!r}"))
        elif awaited is self:
            self._fail_step(RuntimeError(f"Task cannot await on itself: {self!r}"))
        elif awaited.get_loop() is not self._loop:
            self._fail_step(RuntimeError(f"Task {self!r} got Future {awaited!r} attached to a different loop"))
        else:
            awaited._asyncio_future_blocking = False
            awaited.add_done_callback(self._wakeup, context=self._context)
            self._waiter = awaited
            if self._must_cancel and awaited.cancel(msg=self._cancel_message):
                self._must_cancel = False

    def _fail_step(self, error):
        self._loop.call_soon(self._step, error, context=self._context)

    def _wakeup(self, future):
        try:
            future.result()
        except BaseException as error:
            self._step(error)
        else:
            self._step()

    def __repr__(self):
        return f"<Task {self._state_text()} name={self._name!r} coro={self._coro!r}>"


def current_task(loop=None):
    """The task that runs."""
    return _current.get(get_running_loop() if loop is None else loop)


def all_tasks(loop=None):
    """The tasks that are not done."""
    loop = get_running_loop() if loop is None else loop
    return {task for task in list(_tasks.values()) if task.get_loop() is loop and not task.done()}


def create_task(coro, *, name=None, context=None):
    """Run a coroutine side by side with the others."""
    return get_running_loop().create_task(coro, name=name, context=context)


async def _await(awaitable):
    return await awaitable


def ensure_future(coro_or_future, *, loop=None):
    """A future for something that can be awaited."""
    if isfuture(coro_or_future):
        if loop is not None and loop is not coro_or_future.get_loop():
            raise ValueError("The future belongs to a different loop than the one specified as the loop argument")
        return coro_or_future
    if not iscoroutine(coro_or_future):
        if not hasattr(type(coro_or_future), "__await__"):
            raise TypeError("An asyncio.Future, a coroutine or an awaitable is required")
        coro_or_future = _await(coro_or_future)
    return (get_event_loop() if loop is None else loop).create_task(coro_or_future)


@types.coroutine
def _yield():
    yield


async def sleep(delay, result=None):
    """Let others run for so many seconds."""
    if delay <= 0:
        await _yield()
        return result
    loop = get_running_loop()
    future = loop.create_future()
    handle = loop.call_later(delay, _set_unless_done, future, result)
    try:
        return await future
    finally:
        handle.cancel()


class _Gathering(Future):
    def __init__(self, children, *, loop):
        super().__init__(loop=loop)
        self._children = children
        self._cancel_requested = False

    def cancel(self, msg=None):
        if self.done():
            return False
        cancelled = [child.cancel(msg=msg) for child in self._children]
        self._cancel_requested = self._cancel_requested or any(cancelled)
        return any(cancelled)


def gather(*coros_or_futures, return_exceptions=False):
    """A future for the results of all."""
    if not coros_or_futures:
        future = get_event_loop().create_future()
        future.set_result([])
        return future
    known, children = {}, []
    loop = None
    for one in coros_or_futures:
        if one not in known:
            known[one] = ensure_future(one, loop=loop)
            loop = known[one].get_loop()
        children.append(known[one])
    outer = _Gathering(list(known.values()), loop=loop)
    left = len(known)

    def done(future):
        nonlocal left
        left -= 1
        if outer.done():
            if not future.cancelled():
                future.exception()
            return
        if not return_exceptions:
            if future.cancelled():
                outer.set_exception(future._make_cancelled_error())
                return
            error = future.exception()
            if error is not None:
                outer.set_exception(error)
                return
        if left:
            return
        results = []
        for child in children:
            if child.cancelled():
                results.append(child._make_cancelled_error())
            else:
                error = child.exception()
                results.append(child.result() if error is None else error)
        if outer._cancel_requested:
            outer.set_exception(future._make_cancelled_error())
        else:
            outer.set_result(results)

    for future in known.values():
        future.add_done_callback(done)
    return outer


def shield(arg):
    """A future that can be cancelled without cancelling what it waits for."""
    inner = ensure_future(arg)
    if inner.done():
        return inner
    outer = inner.get_loop().create_future()

    def inner_done(future):
        if outer.cancelled():
            if not future.cancelled():
                future.exception()
        elif future.cancelled():
            outer.cancel()
        elif future.exception() is not None:
            outer.set_exception(future.exception())
        else:
            outer.set_result(future.result())

    inner.add_done_callback(inner_done)
    outer.add_done_callback(lambda future: inner.done() or inner.remove_done_callback(inner_done))
    return outer


async def wait(fs, *, timeout=None, return_when=ALL_COMPLETED):
    """Wait for futures; gives those that are done, and the others."""
    if isfuture(fs) or iscoroutine(fs):
        raise TypeError(f"expect a list of futures, not {type(fs).__name__}")
    fs = set(fs)
    if not fs:
        raise ValueError("Set of Tasks/Futures is empty.")
    if return_when not in (FIRST_COMPLETED, FIRST_EXCEPTION, ALL_COMPLETED):
        raise ValueError(f"Invalid return_when value: {return_when}")
    if any(iscoroutine(one) for one in fs):
        raise TypeError("Passing coroutines is forbidden, use tasks explicitly.")
    loop = get_running_loop()
    waiter = loop.create_future()

    def enough():
        done = [one for one in fs if one.done()]
        if return_when == FIRST_COMPLETED and done:
            return True
        if return_when == FIRST_EXCEPTION and any(
                not one.cancelled() and one.exception() is not None for one in done):
            return True
        return len(done) == len(fs)

    def on_done(future):
        if enough():
            _set_unless_done(waiter, None)

    if not enough():
        handle = None if timeout is None else loop.call_later(timeout, _set_unless_done, waiter, None)
        for one in fs:
            one.add_done_callback(on_done)
        try:
            await waiter
        finally:
            if handle is not None:
                handle.cancel()
            for one in fs:
                one.remove_done_callback(on_done)
    done = {one for one in fs if one.done()}
    return done, fs - done


def as_completed(fs, *, timeout=None):
    """Awaitables that give the results in the order in which they come."""
    futures = {ensure_future(one) for one in fs}
    done = Queue()
    for future in futures:
        future.add_done_callback(done.put_nowait)

    async def next_one():
        return (await wait_for(done.get(), timeout)).result()

    for _ in range(len(futures)):
        yield next_one()


async def wait_for(fut, timeout):
    """Wait for something, but not longer."""
    if timeout is not None and timeout <= 0:
        fut = ensure_future(fut)
        if fut.done():
            return fut.result()
        fut.cancel()
        try:
            return await fut
        except CancelledError as error:
            raise TimeoutError from error
    # A timeout cancels the task that it stands in, so it is made of tasks.
    from asyncio.timeouts import Timeout

    async with Timeout(None if timeout is None else get_running_loop().time() + timeout):
        return await fut
