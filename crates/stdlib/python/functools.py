"""Functions that take or give functions."""

from _functools import cmp_to_key, partial, reduce, _lru_cache_wrapper

__all__ = ['update_wrapper', 'wraps', 'WRAPPER_ASSIGNMENTS', 'WRAPPER_UPDATES', 'total_ordering', 'cache', 'cmp_to_key',
           'lru_cache', 'reduce', 'partial', 'partialmethod', 'singledispatch', 'singledispatchmethod', 'cached_property']

WRAPPER_ASSIGNMENTS = ('__module__', '__name__', '__qualname__', '__doc__', '__annotations__', '__type_params__')
WRAPPER_UPDATES = ('__dict__',)

_MISSING = object()


def update_wrapper(wrapper, wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    """Makes one function look like another one, which it wraps.

    The attributes in `assigned` are taken over where the other has them; those in `updated` are dictionaries, which get
    the other's items.
    """
    for name in assigned:
        value = getattr(wrapped, name, _MISSING)
        if value is not _MISSING:
            setattr(wrapper, name, value)
    for name in updated:
        getattr(wrapper, name).update(getattr(wrapped, name, {}))
    # Set last, so that the update of __dict__ cannot overwrite it.
    wrapper.__wrapped__ = wrapped
    return wrapper


def wraps(wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    """A decorator that makes the decorated function look like `wrapped`."""
    return partial(update_wrapper, wrapped=wrapped, assigned=assigned, updated=updated)


def _derived(root, name, combine):
    """A comparison called `name` that asks the class's own comparison `root`."""
    ask = '__%s__' % root

    def method(self, other):
        result = getattr(type(self), ask)(self, other)
        if result is NotImplemented:
            return result
        return combine(result, self, other)

    method.__name__ = name
    method.__qualname__ = '%s' % name
    method.__doc__ = getattr(int, name).__doc__
    return method


_COMBINATIONS = {
    'lt': {'__gt__': lambda less, a, b: not less and a != b,
           '__le__': lambda less, a, b: less or a == b,
           '__ge__': lambda less, a, b: not less},
    'le': {'__ge__': lambda le, a, b: not le or a == b,
           '__lt__': lambda le, a, b: le and a != b,
           '__gt__': lambda le, a, b: not le},
    'gt': {'__lt__': lambda greater, a, b: not (greater or a == b),
           '__ge__': lambda greater, a, b: greater or a == b,
           '__le__': lambda greater, a, b: not greater},
    'ge': {'__le__': lambda ge, a, b: not ge or a == b,
           '__gt__': lambda ge, a, b: ge and a != b,
           '__lt__': lambda ge, a, b: not ge},
}


def total_ordering(cls):
    """Adds those comparisons that a class does not define, in terms of one that it does."""
    defined = [root for root in ('lt', 'le', 'gt', 'ge')
               if getattr(cls, '__%s__' % root, None) is not getattr(object, '__%s__' % root, None)]
    if not defined:
        raise ValueError('must define at least one ordering operation: < > <= >=')
    root = defined[0]
    for name, combine in _COMBINATIONS[root].items():
        if name[2:-2] not in defined:
            setattr(cls, name, _derived(root, name, combine))
    return cls


def _alias(cls, item):
    """What a generic class gives for `cls[item]`."""
    return type(list[int])(cls, item)


def _abstract_as_func(self):
    """Whether what is wrapped is an abstract method."""
    return getattr(self.func, '__isabstractmethod__', False)


class partialmethod:
    """Like partial, for a function or another descriptor that becomes a method."""

    __isabstractmethod__ = property(_abstract_as_func)
    __class_getitem__ = classmethod(_alias)

    def __init__(self, func, /, *args, **keywords):
        if isinstance(func, partialmethod):
            # Flattened, as partial objects are.
            func, args, keywords = func.func, func.args + args, {**func.keywords, **keywords}
        elif not callable(func) and not hasattr(func, '__get__'):
            raise TypeError(f'the first argument {func!r} must be a callable or a descriptor')
        self.func, self.args, self.keywords = func, args, keywords

    def __repr__(self):
        named = (f'{name}={value!r}' for name, value in self.keywords.items())
        cls = type(self)
        return f'{cls.__module__}.{cls.__qualname__}({", ".join((*map(repr, (self.func, *self.args)), *named))})'

    def _make_unbound_method(self):
        def _method(cls_or_self, /, *args, **keywords):
            return self.func(cls_or_self, *self.args, *args, **{**self.keywords, **keywords})
        _method.__partialmethod__ = self
        _method.__isabstractmethod__ = self.__isabstractmethod__
        return _method

    def __get__(self, obj, cls=None):
        get = getattr(self.func, '__get__', None)
        bound = self.func if get is None else get(obj, cls)
        if bound is self.func:
            # It does not bind itself: its first argument is the instance.
            return self._make_unbound_method().__get__(obj, cls)
        result = partial(bound, *self.args, **self.keywords)
        if hasattr(bound, '__self__'):
            result.__self__ = bound.__self__
        return result


def _unwrap_partial(func):
    """The function within any number of partial objects."""
    while isinstance(func, partial):
        func = func.func
    return func


def _unwrap_partialmethod(func):
    """The function within any number of partial objects and methods."""
    while True:
        if isinstance(getattr(func, '__partialmethod__', None), partialmethod):
            func = func.__partialmethod__
        elif isinstance(func, (partial, partialmethod)):
            func = func.func
        else:
            return func


_CacheInfo = None


def _cache_info_class():
    global _CacheInfo
    if _CacheInfo is None:
        from collections import namedtuple
        _CacheInfo = namedtuple('CacheInfo', ['hits', 'misses', 'maxsize', 'currsize'], module='functools')
    return _CacheInfo


def _make_cache_info(hits, misses, maxsize, currsize):
    return _cache_info_class()(hits, misses, maxsize, currsize)


def lru_cache(maxsize=128, typed=False):
    """Remembers what a function gave for its latest calls, `maxsize` of them or all if that is None.

    Arguments have to be hashable. If `typed` is true, equal arguments of different types are different calls. What it
    makes has the methods cache_info() and cache_clear(), and the function as __wrapped__.
    """
    if isinstance(maxsize, int):
        maxsize = max(maxsize, 0)
    elif callable(maxsize) and isinstance(typed, bool):
        # The decorator was used without parentheses.
        return _cached(maxsize, 128, typed)
    elif maxsize is not None:
        raise TypeError('Expected first argument to be an integer, a callable, or None')
    return lambda user_function: _cached(user_function, maxsize, typed)


def _cached(user_function, maxsize, typed):
    wrapper = _lru_cache_wrapper(user_function, maxsize, typed, _make_cache_info)
    wrapper.cache_parameters = lambda: {'maxsize': maxsize, 'typed': typed}
    return update_wrapper(wrapper, user_function)


def cache(user_function, /):
    """Remembers everything that a function gave."""
    return lru_cache(maxsize=None)(user_function)


def _merged(orders):
    """The C3 merge of several orders."""
    result = []
    while True:
        orders = [order for order in orders if order]
        if not orders:
            return result
        for order in orders:
            candidate = order[0]
            if not any(candidate in other[1:] for other in orders):
                break
        else:
            raise RuntimeError('Inconsistent hierarchy')
        result.append(candidate)
        for order in orders:
            if order[0] is candidate:
                del order[0]


def _c3_mro(cls, abcs):
    """The MRO of a class as if it derived from the abstract classes that it implements."""
    for index, base in enumerate(reversed(cls.__bases__)):
        if hasattr(base, '__abstractmethods__'):
            boundary = len(cls.__bases__) - index
            break
    else:
        boundary = 0
    explicit = list(cls.__bases__[:boundary])
    abstract = []
    other = list(cls.__bases__[boundary:])
    for base in abcs:
        if issubclass(cls, base) and not any(issubclass(b, base) for b in cls.__bases__):
            abstract.append(base)
    for base in abstract:
        abcs.remove(base)
    mros = [_c3_mro(base, list(abcs)) for base in explicit + abstract + other]
    return _merged([[cls]] + mros + [explicit] + [abstract] + [other])


def _compose_mro(cls, types):
    """The MRO of a class, with those registered classes that it implements without deriving from them."""
    bases = set(cls.__mro__)

    def is_related(typ):
        return (typ not in bases and hasattr(typ, '__mro__')
                and not isinstance(typ, type(list[int])) and issubclass(cls, typ))

    types = [typ for typ in types if is_related(typ)]

    def is_strict_base(typ):
        return any(typ != other and typ in other.__mro__ for other in types)

    types = [typ for typ in types if not is_strict_base(typ)]
    known = set(types)
    mro = []
    for typ in types:
        found = []
        for sub in typ.__subclasses__():
            if sub not in bases and issubclass(cls, sub):
                found.append([s for s in sub.__mro__ if s in known])
        if not found:
            mro.append(typ)
            continue
        found.sort(key=len, reverse=True)
        for sub in found:
            for subclass in sub:
                if subclass not in mro:
                    mro.append(subclass)
    return _c3_mro(cls, abcs=mro)


def _find_impl(cls, registry):
    """The function for a class: that of the first class of its extended MRO that has one."""
    found = None
    for kind in _compose_mro(cls, registry.keys()):
        if found is None:
            found = kind if kind in registry else None
            continue
        # Two unrelated abstract classes fit equally well: nobody can say which is meant.
        abstract = kind in registry and kind not in cls.__mro__ and found not in cls.__mro__
        if abstract and not issubclass(found, kind):
            raise RuntimeError(f'Ambiguous dispatch: {found} or {kind}')
        break
    return registry.get(found)


def _is_union(cls):
    from types import UnionType
    return isinstance(cls, UnionType)


def _is_dispatchable(cls):
    """Whether functions can be registered for it: a class, or a union of classes."""
    return isinstance(cls, type) or _is_union(cls) and all(isinstance(arg, type) for arg in cls.__args__)


def _annotated_class(func):
    """The class by which a function's first parameter is annotated."""
    annotations = getattr(func, '__annotations__', {})
    if not annotations:
        raise TypeError(f'Invalid first argument to `register()`: {func!r}. Use either `@register(some_class)` '
                        'or plain `@register` on an annotated function.')
    name, cls = next(iter(annotations.items()))
    if isinstance(cls, str):
        cls = eval(cls, getattr(func, '__globals__', {}))
    if not _is_dispatchable(cls):
        fault = 'not all arguments are classes.' if _is_union(cls) else 'is not a class.'
        raise TypeError(f'Invalid annotation for {name!r}. {cls!r} {fault}')
    return cls


class _Dispatcher:
    """The functions of a generic function by classes, and what was found for other classes so far."""

    def __init__(self, func):
        from weakref import WeakKeyDictionary
        self.registry = {object: func}
        self.found = WeakKeyDictionary()
        # Known once there is an abstract class, for then later registrations there change what was found.
        self.token = None

    def dispatch(self, cls):
        """The function that is called for a first argument of this class."""
        if self.token is not None and self.token != (token := _abc_token()):
            self.found.clear()
            self.token = token
        try:
            return self.found[cls]
        except KeyError:
            func = self.registry[cls] if cls in self.registry else _find_impl(cls, self.registry)
            self.found[cls] = func
            return func

    def register(self, cls, func=None):
        """Set the function for a class or a union of classes; without a function it is a decorator."""
        if not _is_dispatchable(cls):
            if func is not None:
                raise TypeError(f'Invalid first argument to `register()`. {cls!r} is not a class or union type.')
            cls, func = _annotated_class(cls), cls
        elif func is None:
            return partial(self.register, cls)
        self.registry.update(dict.fromkeys(cls.__args__ if _is_union(cls) else (cls,), func))
        if self.token is None and hasattr(cls, '__abstractmethods__'):
            self.token = _abc_token()
        self.found.clear()
        return func


def _abc_token():
    from abc import get_cache_token
    return get_cache_token()


def singledispatch(func):
    """Makes a function generic: the class of the first argument decides which of those registered is called.

    The function itself is called for all other classes.
    """
    from types import MappingProxyType

    dispatcher = _Dispatcher(func)
    dispatch = dispatcher.dispatch
    name = getattr(func, '__name__', 'singledispatch function')

    def wrapper(*args, **kw):
        if args:
            return dispatch(args[0].__class__)(*args, **kw)
        raise TypeError(f'{name} requires at least 1 positional argument')

    wrapper.register, wrapper.dispatch = dispatcher.register, dispatch
    wrapper.registry = MappingProxyType(dispatcher.registry)
    wrapper._clear_cache = dispatcher.found.clear
    return update_wrapper(wrapper, func)


class singledispatchmethod:
    """Makes a method, or another descriptor, generic in its first argument after the instance."""

    __isabstractmethod__ = property(_abstract_as_func)

    def __init__(self, func):
        if not (callable(func) or hasattr(func, '__get__')):
            raise TypeError(f'{func!r} is not callable or a descriptor')
        self.func = func
        self.dispatcher = singledispatch(func)

    def register(self, cls, method=None):
        """Set the method for a class; without a method it is a decorator."""
        return self.dispatcher.register(cls, func=method)

    def __get__(self, obj, cls=None):
        dispatch = self.dispatcher.dispatch
        name = getattr(self.func, '__name__', 'singledispatchmethod method')

        def _method(*args, **kwargs):
            if args:
                return dispatch(args[0].__class__).__get__(obj, cls)(*args, **kwargs)
            raise TypeError(f'{name} requires at least 1 positional argument')

        _method.register = self.register
        _method.__isabstractmethod__ = self.__isabstractmethod__
        return update_wrapper(_method, self.func)


class cached_property:
    """A property that is computed once: the value then stands in the instance's dictionary, before the property."""

    __class_getitem__ = classmethod(_alias)

    def __init__(self, func):
        self.func, self.attrname = func, None
        self.__doc__, self.__module__ = func.__doc__, func.__module__

    def __set_name__(self, owner, name):
        if self.attrname not in (None, name):
            raise TypeError('Cannot assign the same cached_property to two different names '
                            f'({self.attrname!r} and {name!r}).')
        self.attrname = name

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        name = self.attrname
        if name is None:
            raise TypeError('Cannot use cached_property instance without calling __set_name__ on it.')
        try:
            values = instance.__dict__
        except AttributeError:
            raise TypeError(f"No '__dict__' attribute on {type(instance).__name__!r} instance to cache "
                            f'{name!r} property.') from None
        value = values.get(name, _MISSING)
        if value is not _MISSING:
            return value
        value = self.func(instance)
        try:
            values[name] = value
        except TypeError:
            raise TypeError(f"The '__dict__' attribute on {type(instance).__name__!r} instance does not support "
                            f'item assignment for caching {name!r} property.') from None
        return value
