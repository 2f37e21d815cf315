"""Abstract base classes of containers.

Those with one method or two are recognised by their methods; classes that only look like a set, mapping or sequence
have to derive from it or be registered.
"""

import sys
from abc import ABCMeta, abstractmethod
from itertools import count

__all__ = ['Awaitable', 'Coroutine', 'AsyncIterable', 'AsyncIterator', 'AsyncGenerator', 'Hashable', 'Iterable',
           'Iterator', 'Generator', 'Reversible', 'Sized', 'Container', 'Callable', 'Collection', 'Set', 'MutableSet',
           'Mapping', 'MutableMapping', 'MappingView', 'KeysView', 'ItemsView', 'ValuesView', 'Sequence',
           'MutableSequence', 'ByteString', 'Buffer']

__name__ = 'collections.abc'

GenericAlias = type(list[int])
EllipsisType = type(...)
FunctionType = type(lambda: None)


def _check_methods(C, *methods):
    """True if a class has all these methods; one that a class sets to None it has not."""
    for method in methods:
        for namespace in (base.__dict__ for base in C.__mro__ if method in base.__dict__):
            if namespace[method] is None:
                return NotImplemented
            break
        else:
            return NotImplemented
    return True


def _recognised_by(*methods):
    """Makes a class the base of all that have these methods. Classes derived from it are not asked this way."""
    def decorate(interface):
        def __subclasshook__(cls, C):
            return _check_methods(C, *methods) if cls is interface else NotImplemented

        __subclasshook__.__module__ = __name__
        __subclasshook__.__qualname__ = f'{interface.__qualname__}.__subclasshook__'
        interface.__subclasshook__ = classmethod(__subclasshook__)
        return interface
    return decorate


def _thrown(typ, val, tb):
    """What `throw` has to raise when it is called with these arguments."""
    if val is None:
        if tb is None:
            return typ
        val = typ()
    return val if tb is None else val.with_traceback(tb)


def _drain(pop, empty):
    """Calls `pop` until it says by the exception `empty` that nothing is left."""
    try:
        while True:
            pop()
    except empty:
        pass


@_recognised_by('__hash__')
class Hashable(metaclass=ABCMeta):
    __slots__ = ()

    @abstractmethod
    def __hash__(self):
        return 0


@_recognised_by('__await__')
class Awaitable(metaclass=ABCMeta):
    __slots__ = ()
    __class_getitem__ = classmethod(GenericAlias)

    @abstractmethod
    def __await__(self):
        yield


@_recognised_by('__await__', 'send', 'throw', 'close')
class Coroutine(Awaitable):
    __slots__ = ()

    @abstractmethod
    def send(self, value):
        """Go on to the next await with a value."""
        raise StopIteration

    @abstractmethod
    def throw(self, typ, val=None, tb=None):
        """Go on with an exception."""
        raise _thrown(typ, val, tb)

    def close(self):
        """End it by GeneratorExit."""
        try:
            self.throw(GeneratorExit)
        except (GeneratorExit, StopIteration):
            return
        raise RuntimeError('coroutine ignored GeneratorExit')


@_recognised_by('__aiter__')
class AsyncIterable(metaclass=ABCMeta):
    __slots__ = ()
    __class_getitem__ = classmethod(GenericAlias)

    @abstractmethod
    def __aiter__(self):
        return AsyncIterator()


@_recognised_by('__anext__', '__aiter__')
class AsyncIterator(AsyncIterable):
    __slots__ = ()

    def __aiter__(self):
        return self

    @abstractmethod
    async def __anext__(self):
        raise StopAsyncIteration


@_recognised_by('__aiter__', '__anext__', 'asend', 'athrow', 'aclose')
class AsyncGenerator(AsyncIterator):
    __slots__ = ()

    async def __anext__(self):
        return await self.asend(None)

    @abstractmethod
    async def asend(self, value):
        """Go on to the next yield with a value."""
        raise StopAsyncIteration

    @abstractmethod
    async def athrow(self, typ, val=None, tb=None):
        """Go on with an exception."""
        raise _thrown(typ, val, tb)

    async def aclose(self):
        """End it by GeneratorExit."""
        try:
            await self.athrow(GeneratorExit)
        except (GeneratorExit, StopAsyncIteration):
            return
        raise RuntimeError('asynchronous generator ignored GeneratorExit')


@_recognised_by('__iter__')
class Iterable(metaclass=ABCMeta):
    __slots__ = ()
    __class_getitem__ = classmethod(GenericAlias)

    @abstractmethod
    def __iter__(self):
        yield from ()


@_recognised_by('__iter__', '__next__')
class Iterator(Iterable):
    __slots__ = ()

    def __iter__(self):
        return self

    @abstractmethod
    def __next__(self):
        """The next item, or StopIteration."""
        raise StopIteration


@_recognised_by('__reversed__', '__iter__')
class Reversible(Iterable):
    __slots__ = ()

    @abstractmethod
    def __reversed__(self):
        yield from ()


@_recognised_by('__iter__', '__next__', 'send', 'throw', 'close')
class Generator(Iterator):
    __slots__ = ()

    def __next__(self):
        """The next value that is yielded, or StopIteration."""
        return self.send(None)

    @abstractmethod
    def send(self, value):
        """Go on to the next yield with a value."""
        raise StopIteration

    @abstractmethod
    def throw(self, typ, val=None, tb=None):
        """Go on with an exception."""
        raise _thrown(typ, val, tb)

    def close(self):
        """End it by GeneratorExit."""
        try:
            self.throw(GeneratorExit)
        except GeneratorExit:
            return None
        except StopIteration as end:
            return end.value
        raise RuntimeError('generator ignored GeneratorExit')


@_recognised_by('__len__')
class Sized(metaclass=ABCMeta):
    __slots__ = ()

    @abstractmethod
    def __len__(self):
        return 0


@_recognised_by('__contains__')
class Container(metaclass=ABCMeta):
    __slots__ = ()
    __class_getitem__ = classmethod(GenericAlias)

    @abstractmethod
    def __contains__(self, x):
        return False


@_recognised_by('__len__', '__iter__', '__contains__')
class Collection(Sized, Iterable, Container):
    __slots__ = ()


@_recognised_by('__buffer__')
class Buffer(metaclass=ABCMeta):
    __slots__ = ()

    @abstractmethod
    def __buffer__(self, flags: int, /) -> memoryview:
        raise NotImplementedError


class _CallableGenericAlias(GenericAlias):
    __slots__ = ()

    def __new__(cls, origin, args):
        if not (isinstance(args, tuple) and len(args) == 2):
            raise TypeError('Callable must be used as Callable[[arg, ...], result].')
        t_args, t_result = args
        if isinstance(t_args, (tuple, list)):
            args = (*t_args, t_result)
        elif not _is_param_expr(t_args):
            raise TypeError(f'Expected a list of types, an ellipsis, '
                            f'ParamSpec, or Concatenate. Got {t_args}')
        return super().__new__(cls, origin, args)

    def __repr__(self):
        if len(self.__args__) == 2 and _is_param_expr(self.__args__[0]):
            return super().__repr__()
        *parameters, result = map(_shown, self.__args__)
        return f'collections.abc.Callable[[{", ".join(parameters)}], {result}]'


def _shown(obj):
    """A type as it is written."""
    if isinstance(obj, type) and not isinstance(obj, GenericAlias):
        if obj.__module__ == 'builtins':
            return obj.__qualname__
        return f'{obj.__module__}.{obj.__qualname__}'
    return '...' if obj is ... else repr(obj)


def _is_param_expr(obj):
    if obj is Ellipsis:
        return True
    if isinstance(obj, list):
        return True
    kind = type(obj)
    return kind.__module__ == 'typing' and kind.__name__ in ('ParamSpec', '_ConcatenateGenericAlias')


@_recognised_by('__call__')
class Callable(metaclass=ABCMeta):
    __slots__ = ()
    __class_getitem__ = classmethod(_CallableGenericAlias)

    @abstractmethod
    def __call__(self, *args, **kwds):
        return False


def _operand(self, other):
    """The other operand of a set operator as a set, or NotImplemented if it is nothing to iterate over."""
    if isinstance(other, Set):
        return other
    return self._from_iterable(other) if isinstance(other, Iterable) else NotImplemented


class Set(Collection):
    """A set that cannot be changed: `__contains__`, `__iter__` and `__len__` give the rest."""

    __slots__ = ()

    # A comparison looks at the lengths first, which settle most of them.

    def __le__(self, other):
        if isinstance(other, Set):
            return len(self) <= len(other) and all(elem in other for elem in self)
        return NotImplemented

    def __ge__(self, other):
        if isinstance(other, Set):
            return len(self) >= len(other) and all(elem in self for elem in other)
        return NotImplemented

    def __lt__(self, other):
        return len(self) < len(other) and self.__le__(other) if isinstance(other, Set) else NotImplemented

    def __gt__(self, other):
        return len(self) > len(other) and self.__ge__(other) if isinstance(other, Set) else NotImplemented

    def __eq__(self, other):
        return len(self) == len(other) and self.__le__(other) if isinstance(other, Set) else NotImplemented

    @classmethod
    def _from_iterable(cls, it):
        """A new set of the elements; for classes whose constructor does not take an iterable to replace."""
        return cls(it)

    def __and__(self, other):
        if isinstance(other, Iterable):
            return self._from_iterable(elem for elem in other if elem in self)
        return NotImplemented

    def __or__(self, other):
        if isinstance(other, Iterable):
            return self._from_iterable(elem for operand in (self, other) for elem in operand)
        return NotImplemented

    def __sub__(self, other):
        other = _operand(self, other)
        if other is NotImplemented:
            return other
        return self._from_iterable(elem for elem in self if elem not in other)

    def __rsub__(self, other):
        other = _operand(self, other)
        if other is NotImplemented:
            return other
        return self._from_iterable(elem for elem in other if elem not in self)

    def __xor__(self, other):
        other = _operand(self, other)
        return other if other is NotImplemented else (self - other) | (other - self)

    __rand__, __ror__, __rxor__ = __and__, __or__, __xor__

    def isdisjoint(self, other):
        """Whether no element of the other is here."""
        return not any(elem in self for elem in other)

    def _hash(self):
        # The elements' hashes, each scrambled, combined in a way that does not depend on their order.
        mask = 0xFFFFFFFFFFFFFFFF
        n = len(self)
        h = (1927868237 * (n + 1)) & mask
        for x in self:
            hx = hash(x)
            h ^= (hx ^ (hx << 16) ^ 89869747) * 3644798167
            h &= mask
        h ^= (h >> 11) ^ (h >> 25)
        h = (h * 69069 + 907133923) & mask
        if h > mask >> 1:
            h -= mask + 1
        return 590923713 if h == -1 else h


class MutableSet(Set):
    """A set: `add` and `discard` as well give the rest."""

    __slots__ = ()

    @abstractmethod
    def add(self, value):
        """Put an element in."""
        raise NotImplementedError

    @abstractmethod
    def discard(self, value):
        """Take an element out if it is here."""
        raise NotImplementedError

    def remove(self, value):
        """Take an element out, which must be here."""
        if value in self:
            self.discard(value)
        else:
            raise KeyError(value)

    def pop(self):
        """Take any element out."""
        for value in self:
            self.discard(value)
            return value
        raise KeyError from None

    def clear(self):
        """Take all elements out, one by one."""
        _drain(self.pop, KeyError)

    def __ior__(self, it):
        for elem in it:
            self.add(elem)
        return self

    def __iand__(self, it):
        for elem in self - it:
            self.discard(elem)
        return self

    def __ixor__(self, it):
        if it is self:
            self.clear()
            return self
        for elem in it if isinstance(it, Set) else self._from_iterable(it):
            change = self.discard if elem in self else self.add
            change(elem)
        return self

    def __isub__(self, it):
        if it is self:
            self.clear()
            return self
        for elem in it:
            self.discard(elem)
        return self


class Mapping(Collection):
    """A mapping that cannot be changed: `__getitem__`, `__iter__` and `__len__` give the rest."""

    __slots__ = ()

    # Instances match mapping patterns.
    __abc_tpflags__ = 1 << 6

    __reversed__ = None

    @abstractmethod
    def __getitem__(self, key):
        raise KeyError

    def __contains__(self, key):
        try:
            self[key]
            return True
        except KeyError:
            return False

    def get(self, key, default=None):
        """The value of a key, or the default."""
        try:
            return self[key]
        except KeyError:
            return default

    def keys(self):
        """A view of the keys."""
        return KeysView(self)

    def items(self):
        """A view of the pairs of keys and values."""
        return ItemsView(self)

    def values(self):
        """A view of the values."""
        return ValuesView(self)

    def __eq__(self, other):
        return dict(self.items()) == dict(other.items()) if isinstance(other, Mapping) else NotImplemented


class MappingView(Sized):
    __slots__ = ('_mapping',)
    __class_getitem__ = classmethod(GenericAlias)

    def __init__(self, mapping):
        self._mapping = mapping

    def __len__(self):
        return len(self._mapping)

    def __repr__(self):
        return f'{self.__class__.__name__}({self._mapping!r})'


def _plain_set(cls, it):
    """What operators of views make: it is no view."""
    return set(it)


class KeysView(MappingView, Set):
    __slots__ = ()
    _from_iterable = classmethod(_plain_set)

    def __contains__(self, key):
        return key in self._mapping

    def __iter__(self):
        yield from self._mapping


class ItemsView(MappingView, Set):
    __slots__ = ()
    _from_iterable = classmethod(_plain_set)

    def __contains__(self, item):
        key, value = item
        try:
            found = self._mapping[key]
        except KeyError:
            return False
        return found is value or found == value

    def __iter__(self):
        for key in self._mapping:
            yield key, self._mapping[key]


class ValuesView(MappingView, Collection):
    __slots__ = ()

    def __contains__(self, value):
        return any((found := self._mapping[key]) is value or found == value for key in self._mapping)

    def __iter__(self):
        for key in self._mapping:
            yield self._mapping[key]


class MutableMapping(Mapping):
    """A mapping: `__setitem__` and `__delitem__` as well give the rest."""

    __slots__ = ()

    @abstractmethod
    def __setitem__(self, key, value):
        raise KeyError

    @abstractmethod
    def __delitem__(self, key):
        raise KeyError

    __nothing = object()

    def pop(self, key, default=__nothing):
        """Take a key out and give its value, or the default if there is one."""
        try:
            value = self[key]
        except KeyError:
            if default is not self.__nothing:
                return default
            raise
        del self[key]
        return value

    def popitem(self):
        """Take any key out and give it with its value."""
        key = next(iter(self), self.__nothing)
        if key is self.__nothing:
            raise KeyError from None
        value = self[key]
        del self[key]
        return key, value

    def clear(self):
        """Take all keys out, one by one."""
        _drain(self.popitem, KeyError)

    def update(self, other=(), /, **kwds):
        """Set the items of a mapping, or of an iterable of pairs, and those given by name."""
        keys = other if isinstance(other, Mapping) else other.keys() if hasattr(other, 'keys') else None
        if keys is None:
            for key, value in other:
                self[key] = value
        else:
            for key in keys:
                self[key] = other[key]
        for name in kwds:
            self[name] = kwds[name]

    def setdefault(self, key, default=None):
        """The value of a key, which gets the default if it has none."""
        try:
            return self[key]
        except KeyError:
            self[key] = default
            return default


class Sequence(Reversible, Collection):
    """A sequence that cannot be changed: `__getitem__` and `__len__` give the rest."""

    __slots__ = ()

    # Instances match sequence patterns.
    __abc_tpflags__ = 1 << 5

    @abstractmethod
    def __getitem__(self, index):
        raise IndexError

    def __iter__(self):
        try:
            for index in count():
                yield self[index]
        except IndexError:
            pass

    def __reversed__(self):
        for index in range(len(self) - 1, -1, -1):
            yield self[index]

    def __contains__(self, value):
        return any(item is value or item == value for item in self)

    def index(self, value, start=0, stop=None):
        """The first place of a value, or ValueError."""
        if start is not None and start < 0:
            start = max(0, start + len(self))
        if stop is not None and stop < 0:
            stop += len(self)
        while stop is None or start < stop:
            try:
                item = self[start]
            except IndexError:
                break
            if item is value or item == value:
                return start
            start += 1
        raise ValueError

    def count(self, value):
        """How often a value is here."""
        return sum(1 for item in self if item is value or item == value)


class _DeprecateByteStringMeta(ABCMeta):

    def __new__(cls, name, bases, namespace, **kwargs):
        if name != 'ByteString':
            _warn_of_bytestring()
        return super().__new__(cls, name, bases, namespace, **kwargs)

    def __instancecheck__(cls, instance):
        _warn_of_bytestring()
        return super().__instancecheck__(instance)


def _warn_of_bytestring():
    import warnings
    warnings._deprecated('collections.abc.ByteString', remove=(3, 17))


class ByteString(Sequence, metaclass=_DeprecateByteStringMeta):
    __slots__ = ()



class MutableSequence(Sequence):
    """A sequence: `__setitem__`, `__delitem__` and `insert` as well give the rest."""

    __slots__ = ()

    @abstractmethod
    def __setitem__(self, index, value):
        raise IndexError

    @abstractmethod
    def __delitem__(self, index):
        raise IndexError

    @abstractmethod
    def insert(self, index, value):
        """Put a value in before an index."""
        raise IndexError

    def append(self, value):
        """Put a value in at the end."""
        self.insert(len(self), value)

    def extend(self, values):
        """Append several values."""
        for value in list(values) if values is self else values:
            self.append(value)

    def __iadd__(self, values):
        self.extend(values)
        return self

    def pop(self, index=-1):
        """Take out what stands at an index."""
        value = self[index]
        del self[index]
        return value

    def remove(self, value):
        """Take a value out at its first place."""
        del self[self.index(value)]

    def clear(self):
        """Take all values out, one by one."""
        _drain(self.pop, IndexError)

    def reverse(self):
        """Turn the order round in place."""
        last = len(self) - 1
        for left in range((last + 1) // 2):
            right = last - left
            self[left], self[right] = self[right], self[left]


async def _coroutine():
    pass


dict_keys, dict_values, dict_items = map(type, ({}.keys(), {}.values(), {}.items()))
_iterators = (
    bytes_iterator, bytearray_iterator, dict_keyiterator, dict_valueiterator, dict_itemiterator, list_iterator,
    list_reverseiterator, range_iterator, longrange_iterator, set_iterator, str_iterator, tuple_iterator, zip_iterator,
) = [type(iter(sample)) for sample in (b'', bytearray(), {}.keys(), {}.values(), {}.items(), [], reversed([]), range(0),
                                       range(1 << 1000), set(), '', (), zip())]
mappingproxy = type(type.__dict__)
framelocalsproxy = (lambda: type(sys._getframe().f_locals))()
generator = type((lambda: (yield))())
_made = _coroutine()
coroutine = type(_made)
_made.close()
del _coroutine, _made


def _register_native():
    """Registers the classes of the interpreter that have all that is asked for."""
    from _collections import deque

    native = {
        Coroutine: [coroutine],
        Generator: [generator],
        Iterator: _iterators,
        Set: [frozenset],
        MutableSet: [set],
        Mapping: [mappingproxy, framelocalsproxy],
        MutableMapping: [dict],
        KeysView: [dict_keys],
        ItemsView: [dict_items],
        ValuesView: [dict_values],
        Sequence: [tuple, str, range, memoryview],
        ByteString: [bytes, bytearray],
        MutableSequence: [list, bytearray, deque],
        Buffer: [bytes, bytearray, memoryview],
    }
    # The module array registers its class itself if it comes later.
    if 'array' in sys.modules:
        native[MutableSequence].append(sys.modules['array'].array)
    for interface, classes in native.items():
        for kind in classes:
            interface.register(kind)


_register_native()
