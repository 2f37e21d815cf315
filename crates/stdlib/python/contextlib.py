"""Helpers for the with statement."""

import abc
import sys
from _collections import deque
from _collections_abc import _check_methods
from functools import wraps
from types import GenericAlias, MethodType

__all__ = [
    "asynccontextmanager", "contextmanager", "closing", "nullcontext", "AbstractContextManager",
    "AbstractAsyncContextManager", "AsyncExitStack", "ContextDecorator", "ExitStack", "redirect_stdout",
    "redirect_stderr", "suppress", "aclosing", "AsyncContextDecorator", "chdir",
]


class AbstractContextManager(abc.ABC):
    """The abstract base of context managers: whatever has `__enter__` and `__exit__`."""

    __class_getitem__ = classmethod(GenericAlias)
    __slots__ = ()

    def __enter__(self):
        return self

    @abc.abstractmethod
    def __exit__(self, exc_type, exc_value, traceback):
        return None

    @classmethod
    def __subclasshook__(cls, candidate):
        if cls is not AbstractContextManager:
            return NotImplemented
        return _check_methods(candidate, "__enter__", "__exit__")


class ContextDecorator:
    """Lets a context manager be used as a decorator."""

    def _recreate_cm(self):
        return self

    def __call__(self, func):
        @wraps(func)
        def inner(*args, **kwds):
            with self._recreate_cm():
                return func(*args, **kwds)

        return inner


class _GeneratorContextManager(AbstractContextManager, ContextDecorator):
    """What `contextmanager` makes of a generator function."""

    def __init__(self, func, args, kwds):
        self.gen = func(*args, **kwds)
        self.func, self.args, self.kwds = func, args, kwds
        doc = getattr(func, "__doc__", None)
        self.__doc__ = type(self).__doc__ if doc is None else doc

    def _recreate_cm(self):
        return self.__class__(self.func, self.args, self.kwds)

    def __enter__(self):
        # The arguments are only kept for decorators, which make anew; here they would live too long.
        del self.args, self.kwds, self.func
        try:
            return next(self.gen)
        except StopIteration:
            raise RuntimeError("generator didn't yield") from None

    def __exit__(self, typ, value, traceback):
        try:
            if typ is None:
                next(self.gen)
            else:
                value = typ() if value is None else value
                self.gen.throw(value)
        except StopIteration as ended:
            # The generator swallowed the exception, unless what it ends with is that very exception.
            return typ is not None and ended is not value
        except BaseException as raised:
            if typ is None or not _is_of_body(raised, value, StopIteration):
                raise
            value.__traceback__ = traceback
            return False
        with closing(self.gen):
            raise RuntimeError("generator didn't stop" + ("" if typ is None else " after throw()"))


def _is_of_body(raised, value, ending):
    """Whether what a generator raised is what was thrown into it, or what Python makes of an `ending` there (PEP 479)."""
    if raised is value:
        return True
    return isinstance(raised, RuntimeError) and isinstance(value, ending) and raised.__cause__ is value


def contextmanager(func):
    """Makes a context manager of a generator function that yields once."""

    @wraps(func)
    def helper(*args, **kwds):
        return _GeneratorContextManager(func, args, kwds)

    return helper


class AbstractAsyncContextManager(abc.ABC):
    """The abstract base of asynchronous context managers: whatever has `__aenter__` and `__aexit__`."""

    __class_getitem__ = classmethod(GenericAlias)
    __slots__ = ()

    async def __aenter__(self):
        return self

    @abc.abstractmethod
    async def __aexit__(self, exc_type, exc_value, traceback):
        return None

    @classmethod
    def __subclasshook__(cls, candidate):
        if cls is not AbstractAsyncContextManager:
            return NotImplemented
        return _check_methods(candidate, "__aenter__", "__aexit__")


class AsyncContextDecorator:
    """Lets an asynchronous context manager be used as a decorator of coroutine functions."""

    def _recreate_cm(self):
        return self

    def __call__(self, func):
        @wraps(func)
        async def inner(*args, **kwds):
            async with self._recreate_cm():
                return await func(*args, **kwds)

        return inner


class _AsyncGeneratorContextManager(AbstractAsyncContextManager, AsyncContextDecorator):
    """What `asynccontextmanager` makes of an asynchronous generator function."""

    __init__ = _GeneratorContextManager.__init__
    _recreate_cm = _GeneratorContextManager._recreate_cm

    async def __aenter__(self):
        del self.args, self.kwds, self.func
        try:
            return await anext(self.gen)
        except StopAsyncIteration:
            raise RuntimeError("generator didn't yield") from None

    async def __aexit__(self, typ, value, traceback):
        try:
            if typ is None:
                await anext(self.gen)
            else:
                value = typ() if value is None else value
                await self.gen.athrow(value)
        except StopAsyncIteration as ended:
            return typ is not None and ended is not value
        except BaseException as raised:
            if typ is None or not _is_of_body(raised, value, (StopIteration, StopAsyncIteration)):
                raise
            value.__traceback__ = traceback
            return False
        async with aclosing(self.gen):
            raise RuntimeError("generator didn't stop" + ("" if typ is None else " after athrow()"))


def asynccontextmanager(func):
    """Makes an asynchronous context manager of an asynchronous generator function that yields once."""

    @wraps(func)
    def helper(*args, **kwds):
        return _AsyncGeneratorContextManager(func, args, kwds)

    return helper


class aclosing(AbstractAsyncContextManager):
    """Calls `aclose()` of an object at the end of the block."""

    def __init__(self, thing):
        self.thing = thing

    async def __aenter__(self):
        return self.thing

    async def __aexit__(self, *exc_info):
        await self.thing.aclose()


class closing(AbstractContextManager):
    """Closes its object at the end of the block."""

    def __init__(self, thing):
        self.thing = thing

    def __enter__(self):
        return self.thing

    def __exit__(self, *exc_info):
        self.thing.close()


class _RedirectStream(AbstractContextManager):
    """Puts another file in the place of one of those in `sys`."""

    _stream = None

    def __init__(self, new_target):
        # One object may be entered several times.
        self._new_target, self._old_targets = new_target, []

    def __enter__(self):
        new, name = self._new_target, self._stream
        self._old_targets.append(getattr(sys, name))
        setattr(sys, name, new)
        return new

    def __exit__(self, *exc_info):
        setattr(sys, self._stream, self._old_targets.pop())


class redirect_stdout(_RedirectStream):
    """Sends what is printed in the block to another file."""

    _stream = "stdout"


class redirect_stderr(_RedirectStream):
    """Sends what goes to stderr in the block to another file."""

    _stream = "stderr"


class suppress(AbstractContextManager):
    """Ends the block quietly when one of the given exceptions is raised in it."""

    def __init__(self, *exceptions):
        self._exceptions = exceptions

    def __enter__(self):
        pass

    def __exit__(self, exctype, excinst, exctb):
        if exctype is None:
            return None
        if issubclass(exctype, self._exceptions):
            return True
        if issubclass(exctype, BaseExceptionGroup):
            _, rest = excinst.split(self._exceptions)
            if rest is None:
                return True
            raise rest
        return False


class nullcontext(AbstractContextManager, AbstractAsyncContextManager):
    """A context manager that does nothing."""

    def __init__(self, enter_result=None):
        self.enter_result = enter_result

    def __enter__(self):
        return self.enter_result

    async def __aenter__(self):
        return self.__enter__()

    def __exit__(self, *excinfo):
        return None

    async def __aexit__(self, *excinfo):
        return None


class chdir(AbstractContextManager):
    """Changes the working directory for the block."""

    def __init__(self, path):
        self.path = path
        self._old_cwd = []

    def __enter__(self):
        import os

        self._old_cwd.append(os.getcwd())
        os.chdir(self.path)

    def __exit__(self, *excinfo):
        import os

        os.chdir(self._old_cwd.pop())


def _fix_context(new, old, outer):
    # The context of a new exception ends where nested with statements would have set it.
    while True:
        context = new.__context__
        if context is None or context is old:
            return
        if context is outer:
            break
        new = context
    new.__context__ = old


def _raise_fixed(exc):
    fixed = exc.__context__
    try:
        raise exc
    except BaseException:
        exc.__context__ = fixed
        raise


def _methods(cm, enter, leave, kind):
    cls = type(cm)
    try:
        return getattr(cls, enter), getattr(cls, leave)
    except AttributeError:
        raise TypeError(
            f"'{cls.__module__}.{cls.__qualname__}' object does not support the {kind} protocol"
        ) from None


class _ExitStackBase:
    """What both kinds of stacks do: each callback is kept with whether it is to be awaited."""

    def __init__(self):
        self._exit_callbacks = deque()

    def pop_all(self):
        """Move everything to a new stack."""
        new = type(self)()
        new._exit_callbacks, self._exit_callbacks = self._exit_callbacks, deque()
        return new

    def push(self, exit):
        """Register an object's `__exit__`, or a function with the same parameters."""
        method = getattr(type(exit), "__exit__", None)
        self._exit_callbacks.append((False, exit if method is None else MethodType(method, exit)))
        return exit

    def enter_context(self, cm):
        """Enter a context manager and leave it when the stack ends."""
        enter, leave = _methods(cm, "__enter__", "__exit__", "context manager")
        result = enter(cm)
        self._exit_callbacks.append((False, MethodType(leave, cm)))
        return result

    def callback(self, callback, /, *args, **kwds):
        """Register a function to be called with these arguments."""

        def exit_wrapper(exc_type, exc, tb):
            callback(*args, **kwds)

        exit_wrapper.__wrapped__ = callback
        self._exit_callbacks.append((False, exit_wrapper))
        return callback


class ExitStack(_ExitStackBase, AbstractContextManager):
    """Holds any number of context managers and callbacks; they end in reverse order."""

    def close(self):
        """End the stack now."""
        self.__exit__(None, None, None)

    def __enter__(self):
        return self

    def __exit__(self, *exc_details):
        exc = exc_details[1]
        outer = sys.exception()
        received = exc is not None
        suppressed = raised = False
        while self._exit_callbacks:
            _, callback = self._exit_callbacks.pop()
            try:
                details = (None, None, None) if exc is None else (type(exc), exc, exc.__traceback__)
                if callback(*details):
                    suppressed = True
                    raised = False
                    exc = None
            except BaseException as new:
                _fix_context(new, exc, outer)
                raised = True
                exc = new
        if raised:
            _raise_fixed(exc)
        return received and suppressed


class AsyncExitStack(_ExitStackBase, AbstractAsyncContextManager):
    """Holds context managers and callbacks of both kinds, asynchronous ones too."""

    def push_async_exit(self, exit):
        """Register an object's `__aexit__`, or a coroutine function with the same parameters."""
        method = getattr(type(exit), "__aexit__", None)
        self._exit_callbacks.append((True, exit if method is None else MethodType(method, exit)))
        return exit

    async def enter_async_context(self, cm):
        """Enter an asynchronous context manager and leave it when the stack ends."""
        enter, leave = _methods(cm, "__aenter__", "__aexit__", "asynchronous context manager")
        result = await enter(cm)
        self._exit_callbacks.append((True, MethodType(leave, cm)))
        return result

    def push_async_callback(self, callback, /, *args, **kwds):
        """Register a coroutine function to be called with these arguments."""

        async def exit_wrapper(exc_type, exc, tb):
            await callback(*args, **kwds)

        exit_wrapper.__wrapped__ = callback
        self._exit_callbacks.append((True, exit_wrapper))
        return callback

    async def aclose(self):
        """End the stack now."""
        await self.__aexit__(None, None, None)

    async def __aenter__(self):
        return self

    async def __aexit__(self, *exc_details):
        exc = exc_details[1]
        outer = sys.exception()
        received = exc is not None
        suppressed = raised = False
        while self._exit_callbacks:
            is_async, callback = self._exit_callbacks.pop()
            try:
                details = (None, None, None) if exc is None else (type(exc), exc, exc.__traceback__)
                answer = callback(*details)
                if await answer if is_async else answer:
                    suppressed = True
                    raised = False
                    exc = None
            except BaseException as new:
                _fix_context(new, exc, outer)
                raised = True
                exc = new
        if raised:
            _raise_fixed(exc)
        return received and suppressed
