"""Classes that wrap a dict, list or str, to be derived from; and chains of mappings."""

import _collections_abc
import _operator
import builtins as _builtins
import sys as _sys

__name__ = 'collections'


def _merging(merge):
    """An operator of chains for other mappings alone."""
    def operate(self, other):
        return merge(self, other) if isinstance(other, _collections_abc.Mapping) else NotImplemented
    operate.__name__ = merge.__name__
    operate.__qualname__ = merge.__qualname__
    return operate


def _not_in_first(key):
    return KeyError(f'Key not found in the first mapping: {key!r}')


class ChainMap(_collections_abc.MutableMapping):
    """Several mappings as one: a key is looked up in one after the other, and changes go to the first."""

    _running = set()

    def __init__(self, *maps):
        self.maps = list(maps) or [{}]

    def __missing__(self, key):
        raise KeyError(key)

    def __getitem__(self, key):
        for mapping in self.maps:
            try:
                return mapping[key]
            except KeyError:
                # Asking with `in` first would pass over the defaults of a defaultdict.
                continue
        return self.__missing__(key)

    def get(self, key, default=None):
        return self[key] if key in self else default

    def __contains__(self, key):
        return any(key in mapping for mapping in self.maps)

    def __iter__(self):
        keys = {}
        for mapping in reversed(self.maps):
            keys |= dict.fromkeys(mapping)
        return iter(keys)

    def __len__(self):
        return len(set().union(*self.maps))

    def __bool__(self):
        return any(self.maps)

    def __repr__(self):
        running = ChainMap._running
        if id(self) in running:
            return '...'
        running.add(id(self))
        try:
            return f'{self.__class__.__name__}({", ".join(map(repr, self.maps))})'
        finally:
            running.discard(id(self))

    @classmethod
    def fromkeys(cls, iterable, value=None, /):
        """A chain of one dict with these keys."""
        return cls(dict.fromkeys(iterable, value))

    def copy(self):
        """Another chain, whose first mapping is a copy; the rest are shared."""
        first, *rest = self.maps
        return self.__class__(first.copy(), *rest)

    __copy__ = copy

    def new_child(self, m=None, **kwargs):
        """A chain with a mapping in front of those of this one."""
        if m is not None and kwargs:
            m.update(kwargs)
        return self.__class__(kwargs if m is None else m, *self.maps)

    @property
    def parents(self):
        """A chain without the first mapping."""
        return self.__class__(*self.maps[1:])

    def __setitem__(self, key, value):
        self.maps[0][key] = value

    def __delitem__(self, key):
        try:
            del self.maps[0][key]
        except KeyError:
            raise _not_in_first(key)

    def pop(self, key, *args):
        """Take a key out of the first mapping and give its value."""
        try:
            return self.maps[0].pop(key, *args)
        except KeyError:
            raise _not_in_first(key)

    def popitem(self):
        """Take any item out of the first mapping."""
        try:
            return self.maps[0].popitem()
        except KeyError:
            raise KeyError('No keys found in the first mapping.')

    def clear(self):
        """Take everything out of the first mapping."""
        self.maps[0].clear()

    @_merging
    def __or__(self, other):
        merged = self.copy()
        merged.maps[0].update(other)
        return merged

    @_merging
    def __ror__(self, other):
        merged = dict(other)
        for mapping in reversed(self.maps):
            merged.update(mapping)
        return self.__class__(merged)

    def __ior__(self, other):
        self.maps[0].update(other)
        return self


def _bare(kind, value):
    """What a wrapper of a kind wraps; anything else as it is."""
    return value.data if isinstance(value, kind) else value


def _copied(self):
    """A copy with the same attributes, in which what is wrapped is copied as well."""
    made = self.__class__.__new__(self.__class__)
    made.__dict__.update(self.__dict__, data=self.__dict__['data'].copy())
    return made


class UserDict(_collections_abc.MutableMapping):

    def __init__(self, dict=None, /, **kwargs):
        self.data = {}
        for given in (dict, kwargs or None):
            if given is not None:
                self.update(given)

    def __len__(self):
        return len(self.data)

    def __iter__(self):
        return iter(self.data)

    def __contains__(self, key):
        # Mapping's own would ask __missing__.
        return key in self.data

    def __getitem__(self, key):
        if key not in self.data and hasattr(self.__class__, '__missing__'):
            return self.__class__.__missing__(self, key)
        return self.data[key]

    def get(self, key, default=None):
        return self[key] if key in self else default

    def __setitem__(self, key, item):
        self.data[key] = item

    def __delitem__(self, key):
        del self.data[key]

    def __repr__(self):
        return repr(self.data)

    def __or__(self, other):
        return self.__class__(self.data | _bare(UserDict, other)) if _is_dict(other) else NotImplemented

    def __ror__(self, other):
        return self.__class__(_bare(UserDict, other) | self.data) if _is_dict(other) else NotImplemented

    def __ior__(self, other):
        self.data |= _bare(UserDict, other)
        return self

    __copy__ = _copied

    def copy(self):
        if self.__class__ is UserDict:
            return UserDict(self.data.copy())
        # A derived class may do more than keep items: it is copied without them, and gets them its own way.
        from copy import copy
        data, self.data = self.data, {}
        try:
            made = copy(self)
        finally:
            self.data = data
        made.update(self)
        return made

    @classmethod
    def fromkeys(cls, iterable, value=None):
        made = cls()
        for key in iterable:
            made[key] = value
        return made


def _is_dict(value):
    return isinstance(value, (UserDict, dict))


def _as_list(self, other):
    """The operand of a UserList as a list: made of it, unless it is one or wraps one."""
    other = _bare(UserList, other)
    return other if isinstance(other, type(self.data)) else list(other)


class UserList(_collections_abc.MutableSequence):

    __hash__ = None

    def __init__(self, initlist=None):
        self.data = [] if initlist is None else list(_bare(UserList, initlist))

    def __contains__(self, item):
        return item in self.data

    def __len__(self):
        return len(self.data)

    def __getitem__(self, i):
        found = self.data[i]
        return self.__class__(found) if isinstance(i, slice) else found

    def __setitem__(self, i, item):
        self.data[i] = item

    def __delitem__(self, i):
        del self.data[i]

    def __add__(self, other):
        return self.__class__(self.data + _as_list(self, other))

    def __radd__(self, other):
        return self.__class__(_as_list(self, other) + self.data)

    def __iadd__(self, other):
        self.data += _as_list(self, other)
        return self

    def __imul__(self, n):
        self.data *= n
        return self

    __copy__ = _copied

    def copy(self):
        return self.__class__(self)

    def insert(self, i, item):
        self.data.insert(i, item)

    def pop(self, i=-1):
        return self.data.pop(i)

    def index(self, item, *args):
        return self.data.index(item, *args)

    def sort(self, /, *args, **kwds):
        self.data.sort(*args, **kwds)

    def extend(self, other):
        self.data.extend(_bare(UserList, other))


def _as_text(value):
    value = _bare(UserString, value)
    return value if isinstance(value, str) else str(value)


class UserString(_collections_abc.Sequence):

    def __init__(self, seq):
        seq = _bare(UserString, seq)
        self.data = seq if isinstance(seq, str) else str(seq)

    def __getnewargs__(self):
        return (self.data[:],)

    def __len__(self):
        return len(self.data)

    def __getitem__(self, index):
        return self.__class__(self.data[index])

    def __contains__(self, char):
        return _bare(UserString, char) in self.data

    def __add__(self, other):
        return self.__class__(self.data + _as_text(other))

    def __radd__(self, other):
        return self.__class__(_as_text(other) + self.data)

    def __mod__(self, args):
        return self.__class__(self.data % args)

    def __rmod__(self, template):
        return self.__class__(str(template) % self)

    def encode(self, encoding='utf-8', errors='strict'):
        return self.data.encode('utf-8' if encoding is None else encoding, 'strict' if errors is None else errors)

    def format(self, /, *args, **kwds):
        return self.data.format(*args, **kwds)

    def format_map(self, mapping):
        return self.data.format_map(mapping)

    def join(self, seq):
        return self.data.join(seq)

    maketrans = str.maketrans

    def replace(self, old, new, maxsplit=-1):
        return self.__class__(self.data.replace(_bare(UserString, old), _bare(UserString, new), maxsplit))

    def expandtabs(self, tabsize=8):
        return self.__class__(self.data.expandtabs(tabsize))

    def translate(self, *args):
        return self.__class__(self.data.translate(*args))

    def split(self, sep=None, maxsplit=-1):
        return self.data.split(sep, maxsplit)

    def rsplit(self, sep=None, maxsplit=-1):
        return self.data.rsplit(sep, maxsplit)

    def splitlines(self, keepends=False):
        return self.data.splitlines(keepends)

    def startswith(self, prefix, start=0, end=_sys.maxsize):
        return self.data.startswith(prefix, start, end)

    def endswith(self, suffix, start=0, end=_sys.maxsize):
        return self.data.endswith(suffix, start, end)


# The methods that only pass on to what is wrapped are made from their names.

def _asking(kind, name):
    return lambda self: getattr(self.data, name)()


def _asking_for_item(kind, name):
    return lambda self, item: getattr(self.data, name)(item)


def _asking_for_part(kind, name):
    return lambda self, sep: getattr(self.data, name)(_bare(kind, sep))


def _searching(kind, name):
    return lambda self, sub, start=0, end=_sys.maxsize: getattr(self.data, name)(_bare(kind, sub), start, end)


def _giving(kind, name):
    return lambda self, *args: self.__class__(getattr(self.data, name)(*(_bare(kind, arg) for arg in args)))


def _repeating(kind, name):
    return lambda self, n: self.__class__(self.data * n)


def _comparing(kind, name):
    compare = getattr(_operator, name.strip('_'))
    return lambda self, other: compare(self.data, _bare(kind, other))


def _converting(kind, name):
    convert = getattr(_builtins, name.strip('_'))
    return lambda self: convert(self.data)


def _add_methods(kind, tables):
    for make, names in tables.items():
        for name in names.split():
            method = make(kind, name)
            method.__name__ = name
            method.__qualname__ = f'{kind.__name__}.{name}'
            setattr(kind, name, method)


_add_methods(UserList, {
    _comparing: '__eq__ __lt__ __le__ __gt__ __ge__',
    _converting: '__repr__',
    _repeating: '__mul__ __rmul__',
    _asking: 'clear reverse',
    _asking_for_item: 'append remove count',
})
_add_methods(UserString, {
    _comparing: '__eq__ __lt__ __le__ __gt__ __ge__',
    _converting: '__str__ __repr__ __int__ __float__ __complex__ __hash__',
    _repeating: '__mul__ __rmul__',
    _asking: 'isalnum isalpha isascii isdecimal isdigit isidentifier islower isnumeric isprintable isspace istitle isupper',
    _asking_for_part: 'partition rpartition',
    _searching: 'count find index rfind rindex',
    _giving: 'capitalize casefold center ljust lower lstrip removeprefix removesuffix rjust rstrip strip swapcase title '
             'upper zfill',
})
