"""Containers beyond dict, list, set and tuple."""

__all__ = ['ChainMap', 'Counter', 'OrderedDict', 'UserDict', 'UserList', 'UserString', 'defaultdict', 'deque', 'namedtuple']

import _operator
from _abc import _show_module
from _collections import (deque, _deque_iterator, _deque_reverse_iterator, _tuplegetter, _count_elements,
                          _missing, _move_to_end, _popitem)

_LAZY = ('ChainMap', 'UserDict', 'UserList', 'UserString')
__path__ = []


def __getattr__(name):
    # These need the abstract base classes, which most programs never do.
    if name in _LAZY:
        import _collections_user
        value = getattr(_collections_user, name)
    elif name in ('abc', '_collections_abc'):
        import _collections_abc
        value = _collections_abc
    else:
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    globals()[name] = value
    return value


def _recursion_guard(method):
    """Gives `...` where a repr comes back to the object it started from."""
    running = set()

    def wrapper(self):
        key = id(self)
        if key in running:
            return '...'
        running.add(key)
        try:
            return method(self)
        finally:
            running.discard(key)
    wrapper.__name__ = method.__name__
    wrapper.__qualname__ = method.__qualname__
    wrapper.__doc__ = method.__doc__
    return wrapper


@_show_module
class defaultdict(dict):
    """A dict that makes a value for a missing key by calling its first argument.

    Only `d[key]` does so; `in` and `get` leave the dict as it is. The other arguments are those of dict.
    """

    __slots__ = ('default_factory',)

    def __init__(self, default_factory=None, /, *args, **kwargs):
        if default_factory is not None and not callable(default_factory):
            raise TypeError('first argument must be callable or None')
        self.default_factory = default_factory
        if args or kwargs:
            dict.__init__(self, *args, **kwargs)

    __missing__ = _missing

    @_recursion_guard
    def _shown_factory(self):
        return repr(getattr(self, 'default_factory', None))

    def __repr__(self):
        return f'{type(self).__name__}({self._shown_factory()}, {dict.__repr__(self)})'

    def copy(self):
        """Another one with the same factory and the same items."""
        return type(self)(self.default_factory, self)

    __copy__ = copy

    def __reduce__(self):
        args = () if self.default_factory is None else (self.default_factory,)
        return type(self), args, None, None, iter(self.items())

    def __or__(self, other):
        if not isinstance(other, dict):
            return NotImplemented
        new = self.copy()
        new.update(other)
        return new

    def __ror__(self, other):
        if not isinstance(other, dict):
            return NotImplemented
        new = type(self)(self.default_factory, other)
        new.update(self)
        return new


@_show_module
class OrderedDict(dict):
    """A dict that also compares by order and can move its items to either end."""

    __slots__ = ('__dict__', '__weakref__')

    move_to_end = _move_to_end
    popitem = _popitem

    @_recursion_guard
    def __repr__(self):
        shown = repr(dict(self.items())) if self else ''
        return f'{type(self).__name__}({shown})'

    def __eq__(self, other):
        if isinstance(other, OrderedDict):
            return dict.__eq__(self, other) and all(map(_same, self, other))
        return dict.__eq__(self, other)

    def __ne__(self, other):
        result = self.__eq__(other)
        return result if result is NotImplemented else not result

    def copy(self):
        """Another one with the same items."""
        return type(self)(self)

    __copy__ = copy

    @classmethod
    def fromkeys(cls, iterable, value=None):
        """Makes one with these keys, which all have the same value."""
        self = cls()
        for key in iterable:
            self[key] = value
        return self

    def pop(self, key, *default, **named):
        """Takes a key out and gives its value, or the default if the key is missing."""
        if named:
            default = (named['default'],)
        if key in self or default or not hasattr(type(self), '__missing__'):
            return dict.pop(self, key, *default)
        return type(self).__missing__(self, key)

    def __reduce__(self):
        return type(self), (), self.__dict__ or None, None, iter(self.items())

    def __or__(self, other):
        if not isinstance(other, dict):
            return NotImplemented
        new = type(self)(self)
        new.update(other)
        return new

    def __ror__(self, other):
        if not isinstance(other, dict):
            return NotImplemented
        new = type(self)(other)
        new.update(self)
        return new

    def __ior__(self, other):
        self.update(other)
        return self

    __hash__ = None


def _same(a, b):
    return a is b or a == b


def _checked_names(typename, names, rename):
    """The names of fields, those replaced that cannot be one if the caller wants that."""
    from keyword import iskeyword

    if rename:
        taken = set()
        for index, name in enumerate(names):
            if name in taken or name[:1] == '_' or iskeyword(name) or not name.isidentifier():
                names[index] = f'_{index}'
            taken.add(name)
    for name in (typename, *names):
        if type(name) is not str:
            raise TypeError('Type names and field names must be strings')
        if not name.isidentifier():
            raise ValueError(f'Type names and field names must be valid identifiers: {name!r}')
        if iskeyword(name):
            raise ValueError(f'Type names and field names cannot be a keyword: {name!r}')
    taken = set()
    for name in names:
        if name[0] == '_' and not rename:
            raise ValueError(f'Field names cannot start with an underscore: {name!r}')
        if name in taken:
            raise ValueError(f'Encountered duplicate field name: {name!r}')
        taken.add(name)
    return names


def namedtuple(typename, field_names, *, rename=False, defaults=None, module=None):
    """Makes a class of tuples whose items have names.

    The names are given one by one, or in a string that spaces or commas divide. Defaults belong to the last fields. With
    `rename`, names that cannot be a field's are replaced by those of the positions.
    """
    import sys

    if isinstance(field_names, str):
        field_names = field_names.replace(',', ' ').split()
    typename = sys.intern(str(typename))
    fields = tuple(map(sys.intern, _checked_names(typename, list(map(str, field_names)), rename)))
    count = len(fields)
    if defaults is not None:
        defaults = tuple(defaults)
        if len(defaults) > count:
            raise TypeError('Got more default values than field names')
    given = defaults or ()
    arguments = ', '.join(fields) + (',' if count == 1 else '')
    shape = '(' + ', '.join(f'{name}=%r' for name in fields) + ')'
    tuple_new = tuple.__new__

    # A function with the fields as its parameters, so that calls have Python's own argument errors.
    __new__ = eval(f'lambda _cls, {arguments}: _tuple_new(_cls, ({arguments}))',
                   {'_tuple_new': tuple_new, '__builtins__': {}, '__name__': f'namedtuple_{typename}'})
    __new__.__name__ = '__new__'
    __new__.__defaults__ = defaults

    def _make(cls, iterable):
        made = tuple_new(cls, iterable)
        if len(made) == count:
            return made
        raise TypeError(f'Expected {count} arguments, got {len(made)}')

    def _replace(self, /, **kwds):
        made = self._make(map(kwds.pop, fields, self))
        if not kwds:
            return made
        raise TypeError(f'Got unexpected field names: {list(kwds)!r}')

    def __repr__(self):
        return self.__class__.__name__ + shape % self

    def _asdict(self):
        return dict(zip(self._fields, self))

    def __getnewargs__(self):
        return tuple(self)

    for method, doc in (
        (__new__, f'Make a {typename} of ({arguments}).'),
        (_make, f'Make a {typename} of the items of an iterable.'),
        (_replace, f'Another {typename}, in which the given fields have other values.'),
        (__repr__, 'The names of the fields with their values.'),
        (_asdict, 'The values by the names of the fields.'),
        (__getnewargs__, 'What copy and pickle make it anew of.'),
    ):
        method.__qualname__ = f'{typename}.{method.__name__}'
        method.__doc__ = doc

    result = type(typename, (tuple,), {
        '__doc__': f'{typename}({arguments})', '__slots__': (), '_fields': fields,
        '_field_defaults': dict(zip(fields[count - len(given):], given)), '__new__': __new__,
        '_make': classmethod(_make), '__replace__': _replace, '_replace': _replace, '__repr__': __repr__,
        '_asdict': _asdict, '__getnewargs__': __getnewargs__, '__match_args__': fields,
        **{name: _tuplegetter(index, sys.intern(f'Alias for field number {index}')) for index, name in enumerate(fields)},
    })
    if module is None:
        try:
            module = sys._getframe(1).f_globals.get('__name__', '__main__')
        except (AttributeError, ValueError):
            return result
    result.__module__ = module
    return result


def _named(name, doc):
    """Gives a function of the class Counter its name."""
    def decorate(function):
        function.__name__ = name
        function.__qualname__ = f'Counter.{name}'
        function.__doc__ = doc
        return function
    return decorate


def _comparison(name, doc, holds):
    """A comparison that holds if it does for the counts of every element that one of the two has."""
    @_named(name, doc)
    def compare(self, other):
        if isinstance(other, Counter):
            return all(holds(self[element], other[element]) for counter in (self, other) for element in counter)
        return NotImplemented
    return compare


def _operation(name, doc, combine, alone):
    """An operator that combines the counts of each element and keeps those that are positive.

    The counts of elements that only the right operand has go through `alone`, if they count at all.
    """
    @_named(name, doc)
    def operate(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        result = Counter()
        for element, count in self.items():
            count = combine(count, other[element])
            if count > 0:
                result[element] = count
        for element, count in other.items() if alone else ():
            if element not in self and (count := alone(count)) > 0:
                result[element] = count
        return result
    return operate


def _operation_in_place(name, doc, combine):
    """The same on the left operand itself."""
    @_named(name, doc)
    def operate(self, other):
        for element, count in other.items():
            self[element] = combine(self[element], count)
        return self._keep_positive()
    return operate


class Counter(dict):
    """Counts elements: a dict from elements to counts, in which what is missing counts zero.

    It is made of an iterable of elements, of a mapping of counts, or of counts given by name. Counts may be zero and
    negative; operators give positive ones only.
    """

    def __init__(self, iterable=None, /, **kwds):
        super().__init__()
        self.update(iterable, **kwds)

    def __missing__(self, key):
        return 0

    def total(self):
        """The sum of all counts."""
        return sum(self.values())

    def most_common(self, n=None):
        """The n elements with the highest counts, or all of them, with their counts, the highest first."""
        if n is not None:
            from heapq import nlargest
            return nlargest(n, self.items(), key=_count_of)
        return sorted(self.items(), key=_count_of, reverse=True)

    def elements(self):
        """Goes through the elements, each as often as it was counted."""
        from itertools import chain, repeat, starmap
        return chain.from_iterable(starmap(repeat, self.items()))

    @classmethod
    def fromkeys(cls, iterable, v=None):
        raise NotImplementedError('Counter.fromkeys() is undefined.  Use Counter(iterable) instead.')

    def update(self, iterable=None, /, **kwds):
        """Adds counts: those of a mapping, one for each element of an iterable, and those given by name."""
        if iterable is not None:
            if not _is_mapping(iterable):
                _count_elements(self, iterable)
            elif self:
                get = self.get
                for element, count in iterable.items():
                    self[element] = count + get(element, 0)
            else:
                super().update(iterable)
        if kwds:
            self.update(kwds)

    def subtract(self, iterable=None, /, **kwds):
        """Takes counts away, which may become negative by that."""
        if iterable is not None:
            from itertools import repeat
            get = self.get
            for element, count in iterable.items() if _is_mapping(iterable) else zip(iterable, repeat(1)):
                self[element] = get(element, 0) - count
        if kwds:
            self.subtract(kwds)

    def copy(self):
        """Another one with the same counts."""
        return self.__class__(self)

    def __reduce__(self):
        return self.__class__, (dict(self),)

    def __delitem__(self, elem):
        # What is missing counts zero already.
        if elem in self:
            super().__delitem__(elem)

    def __repr__(self):
        try:
            # Sorted where the counts can be compared.
            shown = dict(self.most_common())
        except TypeError:
            shown = dict(self)
        return f'{self.__class__.__name__}({shown if shown else ""})'

    __eq__ = _comparison('__eq__', 'Whether all counts are equal.', _operator.eq)
    __le__ = _comparison('__le__', 'Whether no count is higher.', _operator.le)
    __ge__ = _comparison('__ge__', 'Whether no count is lower.', _operator.ge)

    def __ne__(self, other):
        return not self == other if isinstance(other, Counter) else NotImplemented

    def __lt__(self, other):
        return self <= other and self != other if isinstance(other, Counter) else NotImplemented

    def __gt__(self, other):
        return self >= other and self != other if isinstance(other, Counter) else NotImplemented

    __hash__ = None

    __add__ = _operation('__add__', 'The sums of the counts.', _operator.add, lambda count: count)
    __sub__ = _operation('__sub__', 'The differences of the counts.', _operator.sub, lambda count: 0 - count)
    __or__ = _operation('__or__', 'The higher counts.', max, lambda count: count)
    __and__ = _operation('__and__', 'The lower counts.', lambda count, other: min(other, count), None)

    __iadd__ = _operation_in_place('__iadd__', 'Adds the counts of another one.', _operator.add)
    __isub__ = _operation_in_place('__isub__', 'Takes the counts of another one away.', _operator.sub)
    __ior__ = _operation_in_place('__ior__', 'Raises the counts to those of another one.', max)

    def __iand__(self, other):
        """Lowers the counts to those of another one."""
        for element, count in self.items():
            self[element] = min(count, other[element])
        return self._keep_positive()

    def __pos__(self):
        return Counter({element: count for element, count in self.items() if count > 0})

    def __neg__(self):
        return Counter({element: 0 - count for element, count in self.items() if count < 0})

    def _keep_positive(self):
        for element in [element for element, count in self.items() if not count > 0]:
            del self[element]
        return self


def _count_of(item):
    return item[1]


def _is_mapping(object):
    if isinstance(object, dict):
        return True
    if isinstance(object, (str, list, tuple, set, frozenset, bytes, range, deque)):
        return False
    from _collections_abc import Mapping
    return isinstance(object, Mapping)
