"""What is a coroutine."""

import types


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
