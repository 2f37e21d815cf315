"""Weak references to objects, and the containers that are built of them."""

import _collections_abc
import _weakref
from _weakref import (
    CallableProxyType,
    ProxyType,
    ReferenceType,
    getweakrefcount,
    getweakrefs,
    proxy,
    ref,
)
from _weakrefset import WeakSet, _IterationGuard

__all__ = [
    "ref", "proxy", "getweakrefcount", "getweakrefs", "WeakKeyDictionary", "ReferenceType", "ProxyType",
    "CallableProxyType", "ProxyTypes", "WeakValueDictionary", "WeakSet", "WeakMethod", "finalize",
]

ProxyTypes = (ProxyType, CallableProxyType)

_collections_abc.MutableSet.register(WeakSet)


class WeakMethod(ref):
    """A weak reference to a bound method: it lives as long as the object that the method is bound to."""

    __slots__ = "_func_ref", "_meth_type", "_alive", "__weakref__"

    def __new__(cls, meth, callback=None):
        try:
            obj, func = meth.__self__, meth.__func__
        except AttributeError:
            raise TypeError(f"argument should be a bound method, not {type(meth)}") from None

        def gone(_):
            # Weak on itself: the callback must not keep the reference alive.
            this = self_weak()
            if this is not None and this._alive:
                this._alive = False
                if callback is not None:
                    callback(this)

        self = ref.__new__(cls, obj, gone)
        self._func_ref = ref(func, gone)
        self._meth_type = type(meth)
        self._alive = True
        self_weak = ref(self)
        return self

    def __call__(self):
        obj, func = super().__call__(), self._func_ref()
        return None if obj is None or func is None else self._meth_type(func, obj)

    def __eq__(self, other):
        if not isinstance(other, WeakMethod):
            return NotImplemented
        if self._alive and other._alive:
            return ref.__eq__(self, other) and self._func_ref == other._func_ref
        return self is other

    def __ne__(self, other):
        return not self == other if isinstance(other, WeakMethod) else NotImplemented

    __hash__ = ref.__hash__


class KeyedRef(ref):
    """A weak reference that knows the key under which a WeakValueDictionary holds it."""

    __slots__ = ("key",)

    def __new__(cls, ob, callback, key):
        self = ref.__new__(cls, ob, callback)
        self.key = key
        return self

    def __init__(self, ob, callback, key):
        super().__init__(ob, callback)


class _WeakMapping(_collections_abc.MutableMapping):
    """What both weak dictionaries share. Entries of the dead go at once, unless an iterator is on its way: then they wait
    until it is done, as a dictionary must not change under its iterators."""

    def _begin(self):
        self.data = {}
        self._iterating = set()
        self._pending_removals = []

    def __repr__(self):
        return f"<{self.__class__.__name__} at {id(self):#x}>"

    def __ior__(self, other):
        self.update(other)
        return self

    def __or__(self, other):
        if not isinstance(other, _collections_abc.Mapping):
            return NotImplemented
        result = self.copy()
        result.update(other)
        return result

    def __ror__(self, other):
        if not isinstance(other, _collections_abc.Mapping):
            return NotImplemented
        result = self.__class__()
        result.update(other)
        result.update(self)
        return result


class WeakValueDictionary(_WeakMapping):
    """A mapping that holds its values weakly: an entry goes when nothing else refers to its value."""

    def __init__(self, other=(), /, **kw):
        def remove(reference, self_weak=ref(self), remove_dead=_weakref._remove_dead_weakref):
            this = self_weak()
            if this is not None:
                if this._iterating:
                    this._pending_removals.append(reference.key)
                else:
                    remove_dead(this.data, reference.key)

        self._remove = remove
        self._begin()
        self.update(other, **kw)

    def _commit_removals(self):
        # A removal may run code that changes the list.
        while self._pending_removals:
            _weakref._remove_dead_weakref(self.data, self._pending_removals.pop())

    def _settle(self):
        if self._pending_removals:
            self._commit_removals()

    def __getitem__(self, key):
        self._settle()
        value = self.data[key]()
        if value is None:
            raise KeyError(key)
        return value

    def __setitem__(self, key, value):
        self._settle()
        self.data[key] = KeyedRef(value, self._remove, key)

    def __delitem__(self, key):
        self._settle()
        del self.data[key]

    def __len__(self):
        self._settle()
        return len(self.data)

    def __contains__(self, key):
        self._settle()
        reference = self.data.get(key)
        return reference is not None and reference() is not None

    def get(self, key, default=None):
        self._settle()
        reference = self.data.get(key)
        value = None if reference is None else reference()
        return default if value is None else value

    def items(self):
        self._settle()
        with _IterationGuard(self):
            for key, reference in self.data.items():
                value = reference()
                if value is not None:
                    yield key, value

    def keys(self):
        self._settle()
        with _IterationGuard(self):
            for key, reference in self.data.items():
                if reference() is not None:
                    yield key

    __iter__ = keys

    def values(self):
        self._settle()
        with _IterationGuard(self):
            for reference in self.data.values():
                value = reference()
                if value is not None:
                    yield value

    def itervaluerefs(self):
        """An iterator over the weak references, some of which may be dead."""
        self._settle()
        with _IterationGuard(self):
            yield from self.data.values()

    def valuerefs(self):
        """A list of the weak references, some of which may be dead."""
        self._settle()
        return list(self.data.values())

    def copy(self):
        self._settle()
        result = WeakValueDictionary()
        with _IterationGuard(self):
            for key, reference in self.data.items():
                value = reference()
                if value is not None:
                    result[key] = value
        return result

    __copy__ = copy

    def __deepcopy__(self, memo):
        from copy import deepcopy

        self._settle()
        result = self.__class__()
        with _IterationGuard(self):
            for key, reference in self.data.items():
                value = reference()
                if value is not None:
                    result[deepcopy(key, memo)] = value
        return result

    def pop(self, key, *args):
        self._settle()
        reference = self.data.pop(key, None)
        value = None if reference is None else reference()
        if value is not None:
            return value
        if args:
            return args[0]
        raise KeyError(key)

    def popitem(self):
        self._settle()
        while True:
            key, reference = self.data.popitem()
            value = reference()
            if value is not None:
                return key, value

    def setdefault(self, key, default=None):
        reference = self.data.get(key)
        value = None if reference is None else reference()
        if value is None:
            self[key] = value = default
        return value

    def update(self, other=None, /, **kwargs):
        self._settle()
        if other is not None:
            for key, value in (other if hasattr(other, "items") else dict(other)).items():
                self.data[key] = KeyedRef(value, self._remove, key)
        for key, value in kwargs.items():
            self.data[key] = KeyedRef(value, self._remove, key)


class WeakKeyDictionary(_WeakMapping):
    """A mapping that holds its keys weakly: an entry goes when nothing else refers to its key."""

    def __init__(self, dict=None):
        def remove(reference, self_weak=ref(self)):
            this = self_weak()
            if this is not None:
                if this._iterating:
                    this._pending_removals.append(reference)
                else:
                    this.data.pop(reference, None)

        self._remove = remove
        self._begin()
        # The program has removed entries while others were pending, which may be the same ones.
        self._dirty_len = False
        if dict is not None:
            self.update(dict)

    def _commit_removals(self):
        # What waits here is looked up by identity, since it is dead: a removal runs no code of the program. What an entry
        # held may run some as it goes, and change the list.
        while self._pending_removals:
            self.data.pop(self._pending_removals.pop(), None)

    def __getitem__(self, key):
        return self.data[ref(key)]

    def __setitem__(self, key, value):
        self.data[ref(key, self._remove)] = value

    def __delitem__(self, key):
        self._dirty_len = True
        del self.data[ref(key)]

    def __len__(self):
        if self._dirty_len and self._pending_removals:
            self._pending_removals = [reference for reference in self._pending_removals if reference in self.data]
            self._dirty_len = False
        return len(self.data) - len(self._pending_removals)

    def __contains__(self, key):
        try:
            reference = ref(key)
        except TypeError:
            return False
        return reference in self.data

    def get(self, key, default=None):
        return self.data.get(ref(key), default)

    def items(self):
        with _IterationGuard(self):
            for reference, value in self.data.items():
                key = reference()
                if key is not None:
                    yield key, value

    def keys(self):
        with _IterationGuard(self):
            for reference in self.data:
                key = reference()
                if key is not None:
                    yield key

    __iter__ = keys

    def values(self):
        with _IterationGuard(self):
            for reference, value in self.data.items():
                if reference() is not None:
                    yield value

    def keyrefs(self):
        """A list of the weak references, some of which may be dead."""
        return list(self.data)

    def copy(self):
        result = WeakKeyDictionary()
        with _IterationGuard(self):
            for reference, value in self.data.items():
                key = reference()
                if key is not None:
                    result[key] = value
        return result

    __copy__ = copy

    def __deepcopy__(self, memo):
        from copy import deepcopy

        result = self.__class__()
        with _IterationGuard(self):
            for reference, value in self.data.items():
                key = reference()
                if key is not None:
                    result[key] = deepcopy(value, memo)
        return result

    def pop(self, key, *args):
        self._dirty_len = True
        return self.data.pop(ref(key), *args)

    def popitem(self):
        self._dirty_len = True
        while True:
            reference, value = self.data.popitem()
            key = reference()
            if key is not None:
                return key, value

    def setdefault(self, key, default=None):
        return self.data.setdefault(ref(key, self._remove), default)

    def update(self, dict=None, /, **kwargs):
        if dict is not None:
            for key, value in (dict if hasattr(dict, "items") else type({})(dict)).items():
                self.data[ref(key, self._remove)] = value
        if kwargs:
            self.update(kwargs)


class finalize:
    """Calls a function when an object dies, or when the program ends, but only once."""

    __slots__ = ()

    # Living finalizers and what they will do. They are alive as long as they stand here.
    _registry = {}
    _count = 0
    _at_exit = False
    # The program has ended: what is left is not called any more.
    _shutdown = False

    class _Info:
        __slots__ = "weakref", "func", "args", "kwargs", "atexit", "index"

    def __init__(self, obj, func, /, *args, **kwargs):
        info = self._Info()
        info.weakref = ref(obj, self)
        info.func, info.args, info.kwargs = func, args, kwargs or None
        info.atexit, info.index = True, finalize._count
        if not finalize._at_exit:
            # Only a program that uses finalizers pays for the exit function.
            import atexit

            atexit.register(self._run_at_exit)
            finalize._at_exit = True
        finalize._count += 1
        self._registry[self] = info

    def __call__(self, _=None):
        """Call the function, unless it has been called or detached before."""
        info = self._registry.pop(self, None)
        if info is not None and not self._shutdown:
            return info.func(*info.args, **(info.kwargs or {}))

    def _info_and_object(self):
        info = self._registry.get(self)
        return info, None if info is None else info.weakref()

    def detach(self):
        """Forget the function; gives (obj, func, args, kwargs), or None if the finalizer is dead."""
        info, obj = self._info_and_object()
        if obj is not None and self._registry.pop(self, None):
            return obj, info.func, info.args, info.kwargs or {}

    def peek(self):
        """The same as detach, but the finalizer stays alive."""
        info, obj = self._info_and_object()
        if obj is not None:
            return obj, info.func, info.args, info.kwargs or {}

    @property
    def alive(self):
        """Whether the function is still to be called."""
        return self in self._registry

    @property
    def atexit(self):
        """Whether the function is called when the program ends."""
        return self in self._registry and self._registry[self].atexit

    @atexit.setter
    def atexit(self, value):
        if self in self._registry:
            self._registry[self].atexit = bool(value)

    def __repr__(self):
        _, obj = self._info_and_object()
        state = "dead" if obj is None else f"for {type(obj).__qualname__!r} at {id(obj):#x}"
        return f"<{type(self).__name__} object at {id(self):#x}; {state}>"

    @classmethod
    def _run_at_exit(cls):
        import gc

        was_enabled = bool(cls._registry) and gc.isenabled()
        if was_enabled:
            # So that no finalizer is called out of turn.
            gc.disable()
        try:
            # The newest first; those that are made meanwhile have their turn, too.
            while waiting := {info.index: this for this, info in cls._registry.items() if info.atexit}:
                try:
                    waiting[max(waiting)]()
                except Exception:
                    import sys

                    sys.excepthook(*sys.exc_info())
        finally:
            finalize._shutdown = True
            if was_enabled:
                gc.enable()
