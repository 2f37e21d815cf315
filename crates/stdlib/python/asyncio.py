"""Coroutines side by side: an event loop with timers, tasks, and what coordinates them.

The loop waits for time only; there are no sockets, pipes or threads to wait for.
"""

import collections
import contextvars
import heapq
import reprlib
import sys
import time
import types
from types import GenericAlias

__all__ = [
    "AbstractEventLoop", "AbstractEventLoopPolicy", "ALL_COMPLETED", "BaseEventLoop", "BrokenBarrierError",
    "CancelledError", "Condition", "DefaultEventLoopPolicy", "Event", "FIRST_COMPLETED", "FIRST_EXCEPTION", "Future",
    "Handle", "InvalidStateError", "LifoQueue", "Lock", "PriorityQueue", "Queue", "QueueEmpty", "QueueFull", "Runner",
    "Semaphore", "BoundedSemaphore", "Task", "TaskGroup", "Timeout", "TimeoutError", "TimerHandle", "all_tasks",
    "as_completed", "create_task", "current_task", "ensure_future", "gather", "get_event_loop",
    "get_event_loop_policy", "get_running_loop", "iscoroutine", "iscoroutinefunction", "isfuture", "new_event_loop",
    "run", "set_event_loop", "set_event_loop_policy", "shield", "sleep", "timeout", "timeout_at", "wait", "wait_for",
    "wrap_future",
]

TimeoutError = TimeoutError
FIRST_COMPLETED = "FIRST_COMPLETED"
FIRST_EXCEPTION = "FIRST_EXCEPTION"
ALL_COMPLETED = "ALL_COMPLETED"


class CancelledError(BaseException):
    """The Future or Task was cancelled."""


class InvalidStateError(Exception):
    """The operation is not allowed in this state."""


class BrokenBarrierError(RuntimeError):
    """Barrier is broken by barrier.abort() call."""


class QueueEmpty(Exception):
    """Raised when Queue.get_nowait() is called on an empty Queue."""


class QueueFull(Exception):
    """Raised when the Queue.put_nowait() method is called on a full Queue."""


for _class in (CancelledError, InvalidStateError, BrokenBarrierError):
    _class.__module__ = "asyncio.exceptions"
del _class


class Handle:
    """A function that the loop is going to call."""

    def __init__(self, callback, args, loop, context=None):
        self._context = contextvars.copy_context() if context is None else context
        self._loop = loop
        self._callback = callback
        self._args = args
        self._cancelled = False

    def cancel(self):
        """Do not call it."""
        self._cancelled = True
        self._callback = self._args = None

    def cancelled(self):
        """Whether it will not be called."""
        return self._cancelled

    def _run(self):
        try:
            self._context.run(self._callback, *self._args)
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as error:
            self._loop.call_exception_handler(
                {"message": f"Exception in callback {self._callback!r}", "exception": error, "handle": self})


class TimerHandle(Handle):
    """A function that the loop is going to call at a time."""

    def __init__(self, when, callback, args, loop, context=None):
        super().__init__(callback, args, loop, context)
        self._when = when

    def when(self):
        """The time."""
        return self._when

    def __lt__(self, other):
        return self._when < other._when


class AbstractEventLoop:
    """The base of event loops."""


class BaseEventLoop(AbstractEventLoop):
    """An event loop: calls functions one after the other, and others when their time has come."""

    def __init__(self):
        self._ready = collections.deque()
        self._scheduled = []
        self._running = self._closed = self._stopping = self._debug = False
        self._exception_handler = None
        self._task_factory = None
        self._asyncgens = {}

    def time(self):
        """The loop's clock."""
        return time.monotonic()

    def call_soon(self, callback, *args, context=None):
        """Call a function in the next round."""
        self._check_closed()
        handle = Handle(callback, args, self, context)
        self._ready.append(handle)
        return handle

    call_soon_threadsafe = call_soon

    def call_later(self, delay, callback, *args, context=None):
        """Call a function after so many seconds."""
        return self.call_at(self.time() + delay, callback, *args, context=context)

    def call_at(self, when, callback, *args, context=None):
        """Call a function at a time."""
        self._check_closed()
        handle = TimerHandle(when, callback, args, self, context)
        heapq.heappush(self._scheduled, handle)
        return handle

    def create_future(self):
        """A future of this loop."""
        return Future(loop=self)

    def create_task(self, coro, *, name=None, context=None, **kwargs):
        """Run a coroutine side by side with others."""
        self._check_closed()
        if self._task_factory is not None:
            return self._task_factory(self, coro, **kwargs)
        return Task(coro, loop=self, name=name, context=context, **kwargs)

    def set_task_factory(self, factory):
        """Set what makes tasks."""
        self._task_factory = factory

    def get_task_factory(self):
        """What makes tasks."""
        return self._task_factory

    def _check_closed(self):
        if self._closed:
            raise RuntimeError("Event loop is closed")

    def _run_once(self):
        while self._scheduled and self._scheduled[0]._cancelled:
            heapq.heappop(self._scheduled)
        if not self._ready and not self._stopping:
            if self._scheduled:
                delay = self._scheduled[0]._when - self.time()
            else:
                # Nothing will ever happen; Ctrl-C ends it.
                delay = 3600
            if delay > 0:
                time.sleep(delay)
        now = self.time()
        while self._scheduled and self._scheduled[0]._when <= now:
            self._ready.append(heapq.heappop(self._scheduled))
        for _ in range(len(self._ready)):
            handle = self._ready.popleft()
            if not handle._cancelled:
                handle._run()
        handle = None

    def run_forever(self):
        """Run until `stop` is called."""
        self._check_closed()
        if self._running:
            raise RuntimeError("This event loop is already running")
        if _get_running_loop() is not None:
            raise RuntimeError("Cannot run the event loop while another loop is running")
        old_hooks = sys.get_asyncgen_hooks()
        self._running = True
        _set_running_loop(self)
        sys.set_asyncgen_hooks(firstiter=self._note_asyncgen, finalizer=self._finalize_asyncgen)
        try:
            while True:
                self._run_once()
                if self._stopping:
                    break
        finally:
            self._stopping = self._running = False
            _set_running_loop(None)
            sys.set_asyncgen_hooks(*old_hooks)

    def run_until_complete(self, future):
        """Run until a future is done; gives its result."""
        self._check_closed()
        if self._running:
            raise RuntimeError("This event loop is already running")
        is_new = not isfuture(future)
        future = ensure_future(future, loop=self)
        future.add_done_callback(_stop_loop_of)
        try:
            self.run_forever()
        except BaseException:
            if is_new and future.done() and not future.cancelled():
                future.exception()
            raise
        finally:
            future.remove_done_callback(_stop_loop_of)
        if not future.done():
            raise RuntimeError("Event loop stopped before Future completed.")
        return future.result()

    def stop(self):
        """End `run_forever` after this round."""
        self._stopping = True

    def is_running(self):
        """Whether the loop runs."""
        return self._running

    def is_closed(self):
        """Whether the loop is closed."""
        return self._closed

    def close(self):
        """Close the loop; what waits is forgotten."""
        if self._running:
            raise RuntimeError("Cannot close a running event loop")
        self._closed = True
        self._ready.clear()
        self._scheduled.clear()

    def _note_asyncgen(self, agen):
        import weakref

        self._asyncgens[id(agen)] = weakref.ref(agen)

    def _finalize_asyncgen(self, agen):
        self._asyncgens.pop(id(agen), None)
        if not self._closed:
            self.call_soon(self.create_task, agen.aclose())

    async def shutdown_asyncgens(self):
        """Close all asynchronous generators that have not ended."""
        alive = [agen for ref in self._asyncgens.values() if (agen := ref()) is not None]
        self._asyncgens.clear()
        if not alive:
            return
        results = await gather(*[agen.aclose() for agen in alive], return_exceptions=True)
        for result, agen in zip(results, alive):
            if isinstance(result, Exception):
                self.call_exception_handler(
                    {"message": f"an error occurred during closing of asynchronous generator {agen!r}",
                     "exception": result, "asyncgen": agen})

    async def shutdown_default_executor(self, timeout=None):
        """There is no executor."""

    def run_in_executor(self, executor, func, *args):
        """There are no threads: the function would hold everything up."""
        raise NotImplementedError("asyncio: there are no threads to run functions in")

    def get_debug(self):
        """Whether debugging is on."""
        return self._debug

    def set_debug(self, enabled):
        """Switch debugging on or off."""
        self._debug = enabled

    def get_exception_handler(self):
        """What is called for errors that nobody sees."""
        return self._exception_handler

    def set_exception_handler(self, handler):
        """Set what is called for errors that nobody sees."""
        if handler is not None and not callable(handler):
            raise TypeError(f"A callable object or None is expected, got {handler!r}")
        self._exception_handler = handler

    def default_exception_handler(self, context):
        """Show an error that nobody sees."""
        import traceback

        print(context.get("message") or "Unhandled exception in event loop", file=sys.stderr)
        error = context.get("exception")
        if error is not None:
            traceback.print_exception(error)

    def call_exception_handler(self, context):
        """Tell about an error that nobody sees."""
        if self._exception_handler is None:
            self.default_exception_handler(context)
        else:
            self._exception_handler(self, context)

    def __repr__(self):
        return (f"<{type(self).__name__} running={self.is_running()} closed={self.is_closed()} "
                f"debug={self.get_debug()}>")


_UnixSelectorEventLoop = SelectorEventLoop = EventLoop = BaseEventLoop


def _stop_loop_of(future):
    future.get_loop().stop()


_running_loop = None


def _get_running_loop():
    return _running_loop


def _set_running_loop(loop):
    global _running_loop
    _running_loop = loop


def get_running_loop():
    """The loop that runs."""
    if _running_loop is None:
        raise RuntimeError("no running event loop")
    return _running_loop


class AbstractEventLoopPolicy:
    """The base of policies about loops."""


class DefaultEventLoopPolicy(AbstractEventLoopPolicy):
    """One loop for the thread, made when it is asked for."""

    _loop = None
    _set_called = False

    def get_event_loop(self):
        """The thread's loop."""
        if self._loop is None and not self._set_called:
            self.set_event_loop(self.new_event_loop())
        if self._loop is None:
            raise RuntimeError("There is no current event loop in thread 'MainThread'.")
        return self._loop

    def set_event_loop(self, loop):
        """Set the thread's loop."""
        if loop is not None and not isinstance(loop, AbstractEventLoop):
            raise TypeError(f"loop must be an instance of AbstractEventLoop or None, not '{type(loop).__name__}'")
        self._set_called = True
        self._loop = loop

    def new_event_loop(self):
        """A new loop."""
        return BaseEventLoop()


_event_loop_policy = None


def get_event_loop_policy():
    """The policy about loops."""
    global _event_loop_policy
    if _event_loop_policy is None:
        _event_loop_policy = DefaultEventLoopPolicy()
    return _event_loop_policy


def set_event_loop_policy(policy):
    """Set the policy about loops."""
    global _event_loop_policy
    if policy is not None and not isinstance(policy, AbstractEventLoopPolicy):
        raise TypeError(
            f"policy must be an instance of AbstractEventLoopPolicy or None, not '{type(policy).__name__}'")
    _event_loop_policy = policy


def get_event_loop():
    """The loop that runs, or the thread's."""
    return _running_loop or get_event_loop_policy().get_event_loop()


def set_event_loop(loop):
    """Set the thread's loop."""
    get_event_loop_policy().set_event_loop(loop)


def new_event_loop():
    """A new loop."""
    return get_event_loop_policy().new_event_loop()


_PENDING, _CANCELLED, _FINISHED = "PENDING", "CANCELLED", "FINISHED"


class Future:
    """A result that will be there later."""

    _state = _PENDING
    _result = _exception = _cancel_message = None
    _asyncio_future_blocking = False
    _log_traceback = False
    __class_getitem__ = classmethod(GenericAlias)

    def __init__(self, *, loop=None):
        self._loop = get_event_loop() if loop is None else loop
        self._callbacks = []

    def get_loop(self):
        """The loop that the future belongs to."""
        return self._loop

    def cancel(self, msg=None):
        """Cancel it, unless it is done."""
        self._log_traceback = False
        if self._state != _PENDING:
            return False
        self._state = _CANCELLED
        self._cancel_message = msg
        self._schedule_callbacks()
        return True

    def cancelled(self):
        """Whether it was cancelled."""
        return self._state == _CANCELLED

    def done(self):
        """Whether there is a result, an exception, or it was cancelled."""
        return self._state != _PENDING

    def _make_cancelled_error(self):
        return CancelledError() if self._cancel_message is None else CancelledError(self._cancel_message)

    def result(self):
        """The result; raises the exception if there is one."""
        if self._state == _CANCELLED:
            raise self._make_cancelled_error()
        if self._state != _FINISHED:
            raise InvalidStateError("Result is not ready.")
        self._log_traceback = False
        if self._exception is not None:
            raise self._exception.with_traceback(self._exception_tb)
        return self._result

    def exception(self):
        """The exception, or None."""
        if self._state == _CANCELLED:
            raise self._make_cancelled_error()
        if self._state != _FINISHED:
            raise InvalidStateError("Exception is not set.")
        self._log_traceback = False
        return self._exception

    def set_result(self, result):
        """Set the result."""
        if self._state != _PENDING:
            raise InvalidStateError(f"{self._state}: {self!r}")
        self._result = result
        self._state = _FINISHED
        self._schedule_callbacks()

    def set_exception(self, exception):
        """Set the exception."""
        if self._state != _PENDING:
            raise InvalidStateError(f"{self._state}: {self!r}")
        if isinstance(exception, type):
            exception = exception()
        if isinstance(exception, StopIteration):
            new = RuntimeError("StopIteration interacts badly with generators and cannot be raised into a Future")
            new.__cause__ = new.__context__ = exception
            exception = new
        self._exception = exception
        self._exception_tb = exception.__traceback__
        self._state = _FINISHED
        self._schedule_callbacks()
        self._log_traceback = True

    def add_done_callback(self, fn, *, context=None):
        """Call a function with the future when it is done."""
        context = contextvars.copy_context() if context is None else context
        if self._state != _PENDING:
            self._loop.call_soon(fn, self, context=context)
        else:
            self._callbacks.append((fn, context))

    def remove_done_callback(self, fn):
        """Do not call a function; gives how often it was there."""
        kept = [entry for entry in self._callbacks if entry[0] != fn]
        count = len(self._callbacks) - len(kept)
        self._callbacks[:] = kept
        return count

    def _schedule_callbacks(self):
        callbacks, self._callbacks[:] = self._callbacks[:], []
        for fn, context in callbacks:
            self._loop.call_soon(fn, self, context=context)

    def __await__(self):
        if not self.done():
            self._asyncio_future_blocking = True
            yield self
        if not self.done():
            raise RuntimeError("await wasn't used with future")
        return self.result()

    __iter__ = __await__

    def __del__(self):
        if self._log_traceback:
            self._loop.call_exception_handler(
                {"message": f"{type(self).__name__} exception was never retrieved", "exception": self._exception,
                 "future": self})

    def _state_text(self):
        if self._state != _FINISHED:
            return self._state.lower()
        if self._exception is not None:
            return f"finished exception={self._exception!r}"
        return f"finished result={reprlib.repr(self._result)}"

    def __repr__(self):
        return f"<{type(self).__name__} {self._state_text()}>"


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


def iscoroutine(obj):
    """Whether an object is a coroutine."""
    import _collections_abc

    return isinstance(obj, (types.CoroutineType, _collections_abc.Coroutine))


class _CoroutineMark:
    pass


_is_coroutine = _CoroutineMark()


def iscoroutinefunction(func):
    """Whether calling a function gives a coroutine."""
    inner = func
    while hasattr(inner, "__func__"):
        inner = inner.__func__
    while type(inner).__name__ == "partial" and hasattr(inner, "func"):
        inner = inner.func
    flags = getattr(getattr(inner, "__code__", None), "co_flags", 0)
    marked = getattr(inner, "_is_coroutine_mark", None) is not None
    return bool(flags & 0x80) or marked or getattr(func, "_is_coroutine", None) is _is_coroutine


def isfuture(obj):
    """Whether an object is a future."""
    return hasattr(type(obj), "_asyncio_future_blocking") and obj._asyncio_future_blocking is not None


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


def wrap_future(future, *, loop=None):
    """A future of the loop for another one."""
    if isfuture(future):
        return future
    raise TypeError(f"concurrent.futures.Future is expected, got {future!r}")


@types.coroutine
def _yield():
    yield


def _set_unless_done(future, result):
    if not future.done():
        future.set_result(result)


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


class Timeout:
    """Cancels the block when its time is over."""

    def __init__(self, when):
        self._when = when
        self._handle = self._task = None
        self._expired = False

    def when(self):
        """The time."""
        return self._when

    def expired(self):
        """Whether the time is over."""
        return self._expired

    def reschedule(self, when):
        """Set another time."""
        self._when = when
        if self._handle is not None:
            self._handle.cancel()
        self._handle = None if when is None else get_running_loop().call_at(when, self._on_timeout)

    def _on_timeout(self):
        self._expired = True
        self._task.cancel()

    async def __aenter__(self):
        if self._task is not None:
            raise RuntimeError("Timeout has already been entered")
        self._task = current_task()
        if self._task is None:
            raise RuntimeError("Timeout should be used inside a task")
        self._cancelling = self._task.cancelling()
        self.reschedule(self._when)
        return self

    async def __aexit__(self, exc_type, exc_val, exc_tb):
        if self._handle is not None:
            self._handle.cancel()
        if self._expired and self._task.uncancel() <= self._cancelling and exc_type is not None:
            if issubclass(exc_type, CancelledError):
                raise TimeoutError from exc_val


def timeout(delay):
    """A limit for the block in seconds."""
    return Timeout(None if delay is None else get_running_loop().time() + delay)


def timeout_at(when):
    """A limit for the block by the loop's clock."""
    return Timeout(when)


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
    async with Timeout(None if timeout is None else get_running_loop().time() + timeout):
        return await fut


class TaskGroup:
    """Tasks that end together: if one fails the others are cancelled."""

    def __init__(self):
        self._tasks = set()
        self._errors = []
        self._parent = None
        self._aborting = False

    async def __aenter__(self):
        self._parent = current_task()
        if self._parent is None:
            raise RuntimeError(f"TaskGroup {self!r} cannot determine the parent task")
        return self

    def create_task(self, coro, *, name=None, context=None):
        """Add a task."""
        if self._parent is None:
            raise RuntimeError(f"TaskGroup {self!r} has not been entered")
        if self._aborting:
            coro.close()
            raise RuntimeError(f"TaskGroup {self!r} is shutting down")
        task = get_running_loop().create_task(coro, name=name, context=context)
        self._tasks.add(task)
        task.add_done_callback(self._on_done)
        return task

    def _on_done(self, task):
        self._tasks.discard(task)
        if not task.cancelled() and task.exception() is not None:
            self._errors.append(task.exception())
            self._abort()
            if not self._leaving:
                self._parent_cancelled = True
                self._parent.cancel()
        if not self._tasks and self._waiter is not None:
            _set_unless_done(self._waiter, None)

    _leaving = _parent_cancelled = False
    _waiter = None

    def _abort(self):
        self._aborting = True
        for task in list(self._tasks):
            task.cancel()

    async def __aexit__(self, et, exc, tb):
        self._leaving = True
        cancelled = exc if et is not None and issubclass(et, CancelledError) else None
        if self._parent_cancelled and self._parent.uncancel() == 0:
            cancelled = None
        if et is not None and not self._aborting:
            self._abort()
        while self._tasks:
            self._waiter = get_running_loop().create_future()
            try:
                await self._waiter
            except CancelledError as error:
                cancelled = error
                self._abort()
            self._waiter = None
        if cancelled is not None and not self._errors:
            raise cancelled
        if et is not None and not issubclass(et, CancelledError):
            self._errors.append(exc)
        if self._errors:
            raise BaseExceptionGroup("unhandled errors in a TaskGroup", self._errors)


class _Waiters:
    _loop = None

    def __init__(self):
        self._waiters = collections.deque()

    async def _wait_turn(self):
        future = get_running_loop().create_future()
        self._waiters.append(future)
        try:
            await future
        finally:
            self._waiters.remove(future)

    def _wake(self, count=1):
        for future in self._waiters:
            if not count:
                break
            if not future.done():
                future.set_result(True)
                count -= 1


class _WithLock:
    async def __aenter__(self):
        await self.acquire()

    async def __aexit__(self, exc_type, exc, tb):
        self.release()


class Event(_Waiters):
    """A flag that tasks wait for."""

    def __init__(self):
        super().__init__()
        self._value = False

    def is_set(self):
        """Whether the flag is up."""
        return self._value

    def set(self):
        """Put the flag up."""
        self._value = True
        self._wake(len(self._waiters))

    def clear(self):
        """Put the flag down."""
        self._value = False

    async def wait(self):
        """Wait until the flag is up."""
        if not self._value:
            await self._wait_turn()
        return True


class Semaphore(_Waiters, _WithLock):
    """Lets so many tasks in at a time."""

    def __init__(self, value=1):
        if value < 0:
            raise ValueError("Semaphore initial value must be >= 0")
        super().__init__()
        self._value = value

    def locked(self):
        """Whether the next one has to wait."""
        return self._value == 0

    async def acquire(self):
        """Get in."""
        while self._value == 0:
            await self._wait_turn()
        self._value -= 1
        return True

    def release(self):
        """Get out."""
        self._value += 1
        self._wake()


class BoundedSemaphore(Semaphore):
    """A semaphore that cannot be released more often than it was acquired."""

    def __init__(self, value=1):
        super().__init__(value)
        self._bound = value

    def release(self):
        """Get out."""
        if self._value >= self._bound:
            raise ValueError("BoundedSemaphore released too many times")
        super().release()


class Lock(_Waiters, _WithLock):
    """Lets one task in at a time."""

    def __init__(self):
        super().__init__()
        self._locked = False

    def locked(self):
        """Whether a task holds it."""
        return self._locked

    async def acquire(self):
        """Take the lock."""
        while self._locked:
            await self._wait_turn()
        self._locked = True
        return True

    def release(self):
        """Let the lock go."""
        if not self._locked:
            raise RuntimeError("Lock is not acquired.")
        self._locked = False
        self._wake()


class Condition(_Waiters, _WithLock):
    """A lock whose holder can wait to be notified."""

    def __init__(self, lock=None):
        super().__init__()
        self._lock = Lock() if lock is None else lock
        self.locked, self.acquire, self.release = self._lock.locked, self._lock.acquire, self._lock.release

    async def wait(self):
        """Let the lock go until notified."""
        if not self.locked():
            raise RuntimeError("cannot wait on un-acquired lock")
        self.release()
        try:
            await self._wait_turn()
        finally:
            await self.acquire()
        return True

    async def wait_for(self, predicate):
        """Wait until a function says that it is enough."""
        result = predicate()
        while not result:
            await self.wait()
            result = predicate()
        return result

    def notify(self, n=1):
        """Wake so many tasks."""
        if not self.locked():
            raise RuntimeError("cannot notify on un-acquired lock")
        self._wake(n)

    def notify_all(self):
        """Wake all tasks."""
        self.notify(len(self._waiters))


class Queue:
    """Hands items from tasks to tasks."""

    __class_getitem__ = classmethod(GenericAlias)

    def __init__(self, maxsize=0):
        self._maxsize = maxsize
        self._items = self._new_items()
        self._getters, self._putters = _Waiters(), _Waiters()
        self._unfinished = 0
        self._finished = Event()
        self._finished.set()

    def _new_items(self):
        return collections.deque()

    def _take(self):
        return self._items.popleft()

    def _add(self, item):
        self._items.append(item)

    @property
    def maxsize(self):
        return self._maxsize

    def qsize(self):
        """How many items wait."""
        return len(self._items)

    def empty(self):
        """Whether no item waits."""
        return not self._items

    def full(self):
        """Whether there is no room."""
        return 0 < self._maxsize <= len(self._items)

    async def put(self, item):
        """Put an item in, when there is room."""
        while self.full():
            await self._putters._wait_turn()
        self.put_nowait(item)

    def put_nowait(self, item):
        """Put an item in."""
        if self.full():
            raise QueueFull
        self._add(item)
        self._unfinished += 1
        self._finished.clear()
        self._getters._wake()

    async def get(self):
        """Take an item, when there is one."""
        while self.empty():
            await self._getters._wait_turn()
        return self.get_nowait()

    def get_nowait(self):
        """Take an item."""
        if self.empty():
            raise QueueEmpty
        item = self._take()
        self._putters._wake()
        return item

    def task_done(self):
        """Say that an item that was taken has been dealt with."""
        if self._unfinished <= 0:
            raise ValueError("task_done() called too many times")
        self._unfinished -= 1
        if self._unfinished == 0:
            self._finished.set()

    async def join(self):
        """Wait until all items have been dealt with."""
        if self._unfinished:
            await self._finished.wait()


class PriorityQueue(Queue):
    """A queue that gives the smallest item first."""

    def _new_items(self):
        return []

    def _take(self):
        return heapq.heappop(self._items)

    def _add(self, item):
        heapq.heappush(self._items, item)


class LifoQueue(Queue):
    """A queue that gives the latest item first."""

    def _take(self):
        return self._items.pop()


class Runner:
    """Runs coroutines in one loop, which it closes at the end."""

    def __init__(self, *, debug=None, loop_factory=None):
        self._debug = debug
        self._loop_factory = loop_factory
        self._loop = self._context = None
        self._closed = self._set_loop = False

    def __enter__(self):
        self._start()
        return self

    def __exit__(self, exc_type, exc_val, exc_tb):
        self.close()

    def _start(self):
        if self._closed:
            raise RuntimeError("Runner is closed")
        if self._loop is not None:
            return
        if self._loop_factory is None:
            self._loop = new_event_loop()
            set_event_loop(self._loop)
            self._set_loop = True
        else:
            self._loop = self._loop_factory()
        if self._debug is not None:
            self._loop.set_debug(self._debug)
        self._context = contextvars.copy_context()

    def get_loop(self):
        """The loop."""
        self._start()
        return self._loop

    def run(self, coro, *, context=None):
        """Run a coroutine to its end."""
        if not iscoroutine(coro):
            if not hasattr(type(coro), "__await__"):
                raise TypeError("An asyncio.Future, a coroutine or an awaitable is required")
            coro = _await(coro)
        if _get_running_loop() is not None:
            raise RuntimeError("Runner.run() cannot be called from a running event loop")
        self._start()
        task = self._loop.create_task(coro, context=self._context if context is None else context)
        return self._loop.run_until_complete(task)

    def close(self):
        """Cancel what still runs and close the loop."""
        if self._loop is None:
            self._closed = True
            return
        loop, self._loop, self._closed = self._loop, None, True
        try:
            left = all_tasks(loop)
            for task in left:
                task.cancel()
            if left:
                loop.run_until_complete(_finish(left))
            loop.run_until_complete(loop.shutdown_asyncgens())
        finally:
            if self._set_loop:
                set_event_loop(None)
            loop.close()


async def _finish(tasks):
    for result in await gather(*tasks, return_exceptions=True):
        pass


def run(main, *, debug=None, loop_factory=None):
    """Run a coroutine in a loop of its own."""
    if _get_running_loop() is not None:
        raise RuntimeError("asyncio.run() cannot be called from a running event loop")
    with Runner(debug=debug, loop_factory=loop_factory) as runner:
        return runner.run(main)


# CPython spreads all this over submodules.
events = tasks = futures = coroutines = exceptions = runners = locks = queues = base_events = sys.modules[__name__]
