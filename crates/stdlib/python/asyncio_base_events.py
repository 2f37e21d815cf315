"""The event loop. It waits for time only; there are no sockets, pipes or threads to wait for."""

import collections
import heapq
import sys
import time

from asyncio.events import AbstractEventLoop, Handle, TimerHandle, _get_running_loop, _set_running_loop
from asyncio.futures import Future, isfuture
from asyncio.tasks import Task, ensure_future, gather


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


def _stop_loop_of(future):
    future.get_loop().stop()
