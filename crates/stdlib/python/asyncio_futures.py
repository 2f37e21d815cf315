"""Results that will be there later."""

import contextvars
import reprlib
from types import GenericAlias

from asyncio.events import get_event_loop
from asyncio.exceptions import CancelledError, InvalidStateError

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


def isfuture(obj):
    """Whether an object is a future."""
    return hasattr(type(obj), "_asyncio_future_blocking") and obj._asyncio_future_blocking is not None


def wrap_future(future, *, loop=None):
    """A future of the loop for another one."""
    if isfuture(future):
        return future
    raise TypeError(f"concurrent.futures.Future is expected, got {future!r}")


def _set_unless_done(future, result):
    if not future.done():
        future.set_result(result)
