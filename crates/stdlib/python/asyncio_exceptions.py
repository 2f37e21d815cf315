"""What can go wrong in asyncio."""

TimeoutError = TimeoutError


class CancelledError(BaseException):
    """What waits here has been cancelled."""


class InvalidStateError(Exception):
    """A future has its result already, or has none yet."""


class BrokenBarrierError(RuntimeError):
    """A barrier has been given up by one of those that met at it."""
