"""Which event loop runs, who makes loops, and what a loop is going to call."""

import contextvars


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
        # The loop itself knows tasks, which ask here for the loop.
        from asyncio.base_events import BaseEventLoop

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
