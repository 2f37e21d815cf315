"""Tasks that end together."""

from asyncio.events import get_running_loop
from asyncio.exceptions import CancelledError
from asyncio.futures import _set_unless_done
from asyncio.tasks import current_task


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
