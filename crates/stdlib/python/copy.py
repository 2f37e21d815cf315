"""Shallow and deep copies of objects."""

__all__ = ["Error", "copy", "deepcopy", "replace"]


class Error(Exception):
    """An object that cannot be copied."""


error = Error

_ATOMIC = {
    type(None), int, float, bool, complex, bytes, str, type, range, property, type(Ellipsis), type(NotImplemented),
    type(len), type(lambda: None),
}


def _is_atomic(cls):
    from _weakref import ref
    from types import CodeType

    return cls in _ATOMIC or cls is ref or cls is CodeType


def copy(x):
    """A shallow copy: a new object with the same parts."""
    cls = type(x)
    if _is_atomic(cls) or cls in (tuple, frozenset, slice) or issubclass(cls, type):
        return x
    if cls in (list, dict, set, bytearray):
        return x.copy()
    method = getattr(cls, "__copy__", None)
    if method is not None:
        return method(x)
    reduced = _reduced(x, cls)
    if isinstance(reduced, str):
        return x
    return _rebuild(x, None, *reduced)


def deepcopy(x, memo=None, _nil=[]):
    """A deep copy: parts are copied, too, each once."""
    cls = type(x)
    if _is_atomic(cls):
        return x
    if memo is None:
        memo = {}
    key = id(x)
    known = memo.get(key, _nil)
    if known is not _nil:
        return known
    if cls in _DEEP:
        made = _DEEP[cls](x, memo)
    elif issubclass(cls, type):
        made = x
    elif (method := getattr(x, "__deepcopy__", None)) is not None:
        made = method(memo)
    else:
        reduced = _reduced(x, cls)
        made = x if isinstance(reduced, str) else _rebuild(x, memo, *reduced)
    if made is not x:
        memo[key] = made
        _keep_alive(x, memo)
    return made


def _keep_alive(x, memo):
    # The memo knows objects by address: what it has seen may not die before it.
    try:
        memo[id(memo)].append(x)
    except KeyError:
        memo[id(memo)] = [x]


def _deep_list(x, memo):
    made = []
    memo[id(x)] = made
    for item in x:
        made.append(deepcopy(item, memo))
    return made


def _deep_tuple(x, memo):
    items = [deepcopy(item, memo) for item in x]
    if id(x) in memo:
        # The tuple is part of a cycle, and was made inside.
        return memo[id(x)]
    for old, new in zip(x, items):
        if old is not new:
            return tuple(items)
    return x


def _deep_dict(x, memo):
    made = {}
    memo[id(x)] = made
    for key, value in x.items():
        made[deepcopy(key, memo)] = deepcopy(value, memo)
    return made


def _deep_method(x, memo):
    return type(x)(x.__func__, deepcopy(x.__self__, memo))


_DEEP = {
    list: _deep_list,
    tuple: _deep_tuple,
    dict: _deep_dict,
    set: lambda x, memo: {deepcopy(item, memo) for item in x},
    frozenset: lambda x, memo: frozenset([deepcopy(item, memo) for item in x]),
    bytearray: lambda x, memo: bytearray(x),
    type(_deep_method.__get__(0)): _deep_method,
}


def _default_reduced(x, cls):
    """What `object.__reduce_ex__(4)` gives: how to make an empty instance, and its state."""
    if issubclass(cls, BaseException):
        return cls, x.args, x.__dict__ or None
    args = ()
    if (method := getattr(cls, "__getnewargs__", None)) is not None:
        args = tuple(method(x))
    own = getattr(cls, "__getstate__", None)
    if own is not None and own is not getattr(object, "__getstate__", None):
        state = own(x)
    else:
        state = getattr(x, "__dict__", None) or None
        slots = {}
        for base in cls.__mro__:
            names = base.__dict__.get("__slots__", ())
            for name in (names,) if isinstance(names, str) else names:
                if name in ("__dict__", "__weakref__"):
                    continue
                if name.startswith("__") and not name.endswith("__"):
                    name = f"_{base.__name__.lstrip('_')}{name}"
                if hasattr(x, name):
                    slots[name] = getattr(x, name)
        if slots:
            state = (state, slots)
        elif state is not None:
            state = dict(state)
    list_items = iter(x) if issubclass(cls, list) else None
    dict_items = iter(x.items()) if issubclass(cls, dict) else None
    return _new_object, (cls, *args), state, list_items, dict_items


def _new_object(cls, *args):
    return cls.__new__(cls, *args)


# Objects of the system, which have no parts that could be copied.
_UNCOPIED = ("generator", "coroutine", "frame", "module", "traceback", "TextIOWrapper", "BufferedReader", "BufferedWriter")


def _reduced(x, cls):
    if cls.__reduce_ex__ is object.__reduce_ex__ and cls.__reduce__ is object.__reduce__:
        if cls.__name__ in _UNCOPIED:
            raise TypeError(f"cannot pickle '{cls.__name__}' object")
        return _default_reduced(x, cls)
    method = getattr(x, "__reduce_ex__", None)
    if method is not None:
        return method(4)
    method = getattr(x, "__reduce__", None)
    if method is not None:
        return method()
    raise Error(f"un(shallow)copyable object of type {cls}")


def _rebuild(x, memo, func, args, state=None, list_items=None, dict_items=None):
    deep = memo is not None
    if deep and args and func is not _new_object:
        args = tuple([deepcopy(arg, memo) for arg in args])
    elif deep:
        args = (args[0], *[deepcopy(arg, memo) for arg in args[1:]])
    made = func(*args)
    if deep:
        memo[id(x)] = made
    if state is not None:
        if deep:
            state = deepcopy(state, memo)
        if hasattr(made, "__setstate__"):
            made.__setstate__(state)
        else:
            slots = None
            if isinstance(state, tuple) and len(state) == 2:
                state, slots = state
            if state is not None:
                made.__dict__.update(state)
            if slots is not None:
                for name, value in slots.items():
                    setattr(made, name, value)
    if list_items is not None:
        for item in list_items:
            made.append(deepcopy(item, memo) if deep else item)
    if dict_items is not None:
        for key, value in dict_items:
            if deep:
                key, value = deepcopy(key, memo), deepcopy(value, memo)
            made[key] = value
    return made


def replace(obj, /, **changes):
    """A copy of an object with some attributes changed."""
    method = getattr(type(obj), "__replace__", None)
    if method is None:
        raise TypeError(f"replace() does not support {type(obj).__name__} objects")
    return method(obj, **changes)
