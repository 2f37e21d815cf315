"""What tasks wait for at each other: events, locks, conditions, semaphores."""

import collections

from asyncio.events import get_running_loop


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
