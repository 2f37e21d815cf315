"""Blocks that end when their time is over."""

from asyncio.events import get_running_loop
from asyncio.exceptions import CancelledError
from asyncio.tasks import current_task


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
