"""Threads, as far as there are any: the interpreter has one, and it cannot start another."""

__all__ = ["error", "LockType", "RLock", "allocate_lock", "get_ident", "start_new_thread", "TIMEOUT_MAX"]

error = RuntimeError
TIMEOUT_MAX = 9223372036.0
_MAIN = 1


class lock:
    """A lock: with a single thread, only whether it is held."""

    __slots__ = ("_held", "__weakref__")

    def __init__(self):
        self._held = False

    def acquire(self, blocking=True, timeout=-1):
        """Take the lock; False if that cannot be."""
        _check(blocking, timeout)
        if not self._held:
            self._held = True
            return True
        if blocking and timeout < 0:
            raise RuntimeError("deadlock: the only thread waits for a lock that it holds")
        return False

    def release(self):
        """Let the lock go."""
        if not self._held:
            raise RuntimeError("release unlocked lock")
        self._held = False

    def locked(self):
        """Whether the lock is held."""
        return self._held

    acquire_lock = acquire
    release_lock = release
    locked_lock = locked

    def _at_fork_reinit(self):
        self._held = False

    def __enter__(self):
        return self.acquire()

    def __exit__(self, *details):
        self.release()

    def __repr__(self):
        state = "locked" if self._held else "unlocked"
        return f"<{state} _thread.lock object at {id(self):#x}>"


class RLock:
    """A lock that its holder can take several times."""

    __slots__ = ("_count", "__weakref__")

    def __init__(self):
        self._count = 0

    def acquire(self, blocking=True, timeout=-1):
        """Take the lock once more."""
        _check(blocking, timeout)
        self._count += 1
        return True

    def release(self):
        """Let the lock go once."""
        if not self._count:
            raise RuntimeError("cannot release un-acquired lock")
        self._count -= 1

    def _is_owned(self):
        return self._count > 0

    def _recursion_count(self):
        return self._count

    def _release_save(self):
        if not self._count:
            raise RuntimeError("cannot release un-acquired lock")
        count, self._count = self._count, 0
        return count, _MAIN

    def _acquire_restore(self, state):
        self._count = state[0]

    def _at_fork_reinit(self):
        self._count = 0

    def __enter__(self):
        return self.acquire()

    def __exit__(self, *details):
        self.release()

    def __repr__(self):
        state = "locked" if self._count else "unlocked"
        owner = _MAIN if self._count else 0
        return f"<{state} _thread.RLock object owner={owner} count={self._count} at {id(self):#x}>"


lock.__module__ = RLock.__module__ = "_thread"
LockType = lock
allocate_lock = allocate = lock


def _check(blocking, timeout):
    if not blocking and timeout != -1:
        raise ValueError("can't specify a timeout for a non-blocking call")
    if timeout < 0 and timeout != -1:
        raise ValueError("timeout value must be a non-negative number")
    if timeout > TIMEOUT_MAX:
        raise OverflowError("timeout value is too large")


class _local:
    """Attributes of the one thread."""

    def __init__(self, /, *args, **kwargs):
        if (args or kwargs) and type(self).__init__ is _local.__init__:
            raise TypeError("Initialization arguments are not supported")


class _ThreadHandle:
    """What stands for a thread."""

    ident = _MAIN

    def __init__(self):
        self._done = False

    def join(self, timeout=None):
        """Wait for the end of the thread."""

    def is_done(self):
        """Whether the thread has ended."""
        return self._done

    def _set_done(self):
        self._done = True


class _ExceptHookArgs(tuple):
    """What `threading.excepthook` is called with."""

    exc_type = property(lambda self: self[0])
    exc_value = property(lambda self: self[1])
    exc_traceback = property(lambda self: self[2])
    thread = property(lambda self: self[3])


def _excepthook(args):
    """Show an exception that nobody has caught."""
    import sys

    if args.exc_type is not SystemExit:
        sys.excepthook(*args[:3])


def get_ident():
    """The number of the thread."""
    return _MAIN


def get_native_id():
    """The number that the system has given to the thread."""
    import os

    return os.getpid()


def _get_main_thread_ident():
    return _MAIN


def _make_thread_handle(ident):
    return _ThreadHandle()


def start_new_thread(function, args=(), kwargs={}, /):
    """There is only one thread."""
    raise RuntimeError("can't start new thread")


start_new = start_new_thread


def start_joinable_thread(function, handle=None, daemon=True):
    """There is only one thread."""
    raise RuntimeError("can't start new thread")


def daemon_threads_allowed():
    """Whether a thread may outlive the program's end."""
    return True


def _is_main_interpreter():
    return True


def _shutdown():
    pass


def _count():
    return 0


def stack_size(size=0, /):
    """The stack of new threads, of which there are none."""
    return 0


def interrupt_main(signum=2, /):
    """Raise KeyboardInterrupt, as Ctrl-C does."""
    raise KeyboardInterrupt


def exit():
    """End the thread."""
    raise SystemExit


exit_thread = exit
