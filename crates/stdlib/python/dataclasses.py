"""Classes made of their annotated fields."""

__all__ = ['dataclass', 'field', 'Field', 'FrozenInstanceError', 'InitVar', 'KW_ONLY', 'MISSING', 'fields', 'asdict',
           'astuple', 'make_dataclass', 'replace', 'is_dataclass']


class FrozenInstanceError(AttributeError):
    pass


class _Sentinel:
    def __init__(self, text):
        self._text = text

    def __repr__(self):
        return self._text


class _HAS_DEFAULT_FACTORY_CLASS:
    def __repr__(self):
        return '<factory>'


class _MISSING_TYPE:
    pass


class _KW_ONLY_TYPE:
    pass


MISSING = _MISSING_TYPE()
KW_ONLY = _KW_ONLY_TYPE()
_HAS_DEFAULT_FACTORY = _HAS_DEFAULT_FACTORY_CLASS()
_FIELD = _Sentinel('_FIELD')
_FIELD_CLASSVAR = _Sentinel('_FIELD_CLASSVAR')
_FIELD_INITVAR = _Sentinel('_FIELD_INITVAR')
_FIELDS = '__dataclass_fields__'
_PARAMS = '__dataclass_params__'
_POST_INIT_NAME = '__post_init__'


class InitVar:
    __slots__ = ('type',)

    def __init__(self, type):
        self.type = type

    def __repr__(self):
        name = self.type.__name__ if isinstance(self.type, type) else repr(self.type)
        return f'dataclasses.InitVar[{name}]'

    def __class_getitem__(cls, type):
        return InitVar(type)


class Field:
    __slots__ = ('name', 'type', 'default', 'default_factory', 'repr', 'hash', 'init', 'compare', 'metadata', 'kw_only',
                 '_field_type')

    def __init__(self, default, default_factory, init, repr, hash, compare, metadata, kw_only):
        from types import MappingProxyType
        self.name = self.type = self._field_type = None
        self.default, self.default_factory = default, default_factory
        self.init, self.repr, self.hash, self.compare, self.kw_only = init, repr, hash, compare, kw_only
        self.metadata = MappingProxyType({} if metadata is None else metadata)

    def __repr__(self):
        shown = ('name', 'type', 'default', 'default_factory', 'init', 'repr', 'hash', 'compare', 'metadata', 'kw_only',
                 '_field_type')
        return f'Field({",".join(f"{name}={getattr(self, name)!r}" for name in shown)})'

    def __set_name__(self, owner, name):
        hook = getattr(type(self.default), '__set_name__', None)
        if hook:
            hook(self.default, owner, name)


class _DataclassParams:
    __slots__ = ('init', 'repr', 'eq', 'order', 'unsafe_hash', 'frozen', 'match_args', 'kw_only', 'slots',
                 'weakref_slot')

    def __init__(self, **params):
        for name, value in params.items():
            setattr(self, name, value)

    def __repr__(self):
        return f'_DataclassParams({",".join(f"{name}={getattr(self, name)!r}" for name in self.__slots__)})'


def field(*, default=MISSING, default_factory=MISSING, init=True, repr=True, hash=None, compare=True, metadata=None,
          kw_only=MISSING):
    """Says more of a field than its annotation and a default can."""
    if default is not MISSING and default_factory is not MISSING:
        raise ValueError('cannot specify both default and default_factory')
    return Field(default, default_factory, init, repr, hash, compare, metadata, kw_only)


def _is_classvar(annotation):
    if isinstance(annotation, str):
        return annotation.startswith(('ClassVar', 'typing.ClassVar', 't.ClassVar'))
    origin = getattr(annotation, '__origin__', annotation)
    return getattr(origin, '_name', None) == 'ClassVar' or repr(origin) == 'typing.ClassVar'


def _is_initvar(annotation):
    if isinstance(annotation, str):
        return annotation.startswith(('InitVar', 'dataclasses.InitVar'))
    return annotation is InitVar or type(annotation) is InitVar


def _get_field(cls, name, annotation, kw_only):
    default = getattr(cls, name, MISSING)
    if isinstance(default, Field):
        f = default
    else:
        if type(default).__name__ == 'member_descriptor':
            # A member of __slots__, not a default.
            default = MISSING
        f = field(default=default)
    f.name = name
    f.type = annotation
    f._field_type = _FIELD
    if _is_classvar(annotation):
        f._field_type = _FIELD_CLASSVAR
    elif _is_initvar(annotation):
        f._field_type = _FIELD_INITVAR
    if f._field_type in (_FIELD_CLASSVAR, _FIELD_INITVAR) and f.default_factory is not MISSING:
        raise TypeError(f'field {f.name} cannot have a default factory')
    if f._field_type in (_FIELD, _FIELD_INITVAR):
        if f.kw_only is MISSING:
            f.kw_only = kw_only
    elif f.kw_only is not MISSING:
        raise TypeError(f'field {f.name} is a ClassVar but specifies kw_only')
    if f._field_type is _FIELD and f.default.__class__.__hash__ is None:
        raise ValueError(f'mutable default {type(f.default)} for field {f.name} is not allowed: use default_factory')
    return f


def _make_function(cls, name, parameters, body, values, globals):
    """A function compiled from source; `values` are its free variables."""
    source = f'def _make({", ".join(values)}):\n def {name}({", ".join(parameters)}):\n'
    source += '\n'.join(f'  {line}' for line in body or ['pass'])
    source += f'\n return {name}\n'
    namespace = {}
    exec(source, globals, namespace)
    function = namespace['_make'](*values.values())
    function.__qualname__ = f'{cls.__qualname__}.{name}'
    return function


def _init_source(fields, frozen, has_post_init):
    """The parameters, the lines and the free variables of `__init__`."""
    parameters, keyword_only, body = ['self'], [], []
    values = {'__dataclass_HAS_DEFAULT_FACTORY__': _HAS_DEFAULT_FACTORY, '__dataclass_builtins_object__': object,
              '__dataclass_MISSING__': MISSING}
    seen_default = None
    for f in fields:
        if f.init and not f.kw_only:
            if not (f.default is MISSING and f.default_factory is MISSING):
                seen_default = f
            elif seen_default:
                raise TypeError(f'non-default argument {f.name!r} follows default argument {seen_default.name!r}')
    for f in fields:
        default = f'__dataclass_dflt_{f.name}__'
        annotation = f'__dataclass_type_{f.name}__'
        if f.init:
            values[annotation] = f.type
            parameter = f'{f.name}:{annotation}'
            if f.default is not MISSING:
                values[default] = f.default
                parameter += f'={default}'
            elif f.default_factory is not MISSING:
                values[default] = f.default_factory
                parameter += '=__dataclass_HAS_DEFAULT_FACTORY__'
            (keyword_only if f.kw_only else parameters).append(parameter)
        if f._field_type is _FIELD_INITVAR:
            continue
        if f.default_factory is not MISSING:
            values[default] = f.default_factory
            value = f'{default}()'
            if f.init:
                value = f'{value} if {f.name} is __dataclass_HAS_DEFAULT_FACTORY__ else {f.name}'
        elif f.init:
            value = f.name
        else:
            continue
        if frozen:
            body.append(f'__dataclass_builtins_object__.__setattr__(self,{f.name!r},{value})')
        else:
            body.append(f'self.{f.name}={value}')
    if has_post_init:
        arguments = ','.join(f.name for f in fields if f._field_type is _FIELD_INITVAR)
        body.append(f'self.{_POST_INIT_NAME}({arguments})')
    if keyword_only:
        parameters += ['*'] + keyword_only
    return parameters, body, values


def _make_repr(fields):
    running = set()

    def __repr__(self):
        key = id(self)
        if key in running:
            return '...'
        running.add(key)
        try:
            shown = ', '.join([f'{name}={getattr(self, name)!r}' for name in names])
            return f'{self.__class__.__qualname__}({shown})'
        finally:
            running.discard(key)

    names = [f.name for f in fields]
    return __repr__


def _set_new(cls, name, value):
    """Sets an attribute unless the class defines it itself; whether it does."""
    if name in cls.__dict__:
        return True
    if hasattr(value, '__qualname__'):
        value.__qualname__ = f'{cls.__qualname__}.{name}'
    setattr(cls, name, value)
    return False


def _process_class(cls, params):
    import sys
    globals = sys.modules[cls.__module__].__dict__ if cls.__module__ in sys.modules else {}
    fields = {}
    any_frozen, has_dataclass_bases, all_frozen = False, False, None
    for base in cls.__mro__[-1:0:-1]:
        base_fields = base.__dict__.get(_FIELDS)
        if base_fields is not None:
            has_dataclass_bases = True
            fields.update(base_fields)
            frozen = getattr(base, _PARAMS).frozen
            all_frozen = frozen if all_frozen is None else all_frozen and frozen
            any_frozen = any_frozen or frozen
    annotations = cls.__dict__.get('__annotations__', {})
    own = []
    keyword_only = params.kw_only
    kw_only_seen = False
    for name, annotation in annotations.items():
        if annotation is KW_ONLY or annotation in ('KW_ONLY', 'dataclasses.KW_ONLY'):
            if kw_only_seen:
                raise TypeError(f'{name!r} is KW_ONLY, but KW_ONLY has already been specified')
            kw_only_seen = keyword_only = True
        else:
            own.append(_get_field(cls, name, annotation, keyword_only))
    for f in own:
        fields[f.name] = f
        if isinstance(getattr(cls, f.name, None), Field):
            if f.default is MISSING:
                delattr(cls, f.name)
            else:
                setattr(cls, f.name, f.default)
    for name, value in cls.__dict__.items():
        if isinstance(value, Field) and name not in annotations:
            raise TypeError(f'{name!r} is a field but has no type annotation')
    if has_dataclass_bases:
        if any_frozen and not params.frozen:
            raise TypeError('cannot inherit non-frozen dataclass from a frozen one')
        if all_frozen is False and params.frozen:
            raise TypeError('cannot inherit frozen dataclass from a non-frozen one')
    setattr(cls, _FIELDS, fields)
    class_hash = cls.__dict__.get('__hash__', MISSING)
    has_explicit_hash = not (class_hash is MISSING or (class_hash is None and '__eq__' in cls.__dict__))
    if params.order and not params.eq:
        raise ValueError('eq must be true if order is true')
    setattr(cls, _PARAMS, params)

    in_init = [f for f in fields.values() if f._field_type in (_FIELD, _FIELD_INITVAR)]
    positional = tuple(f for f in in_init if f.init and not f.kw_only)
    real = [f for f in fields.values() if f._field_type is _FIELD]
    if params.init:
        parameters, body, values = _init_source(in_init, params.frozen, hasattr(cls, _POST_INIT_NAME))
        init = _make_function(cls, '__init__', parameters, body, values, globals)
        init.__annotations__ = {f.name: f.type for f in in_init if f.init} | {'return': None}
        _set_new(cls, '__init__', init)
    _set_new(cls, '__replace__', _replace)
    if params.repr:
        _set_new(cls, '__repr__', _make_repr([f for f in real if f.repr]))
    compared = [f.name for f in real if f.compare]
    if params.eq:
        test = ' and '.join(f'self.{name}==other.{name}' for name in compared) or 'True'
        body = ['if self is other:', ' return True', 'if other.__class__ is self.__class__:', f' return {test}',
                'return NotImplemented']
        _set_new(cls, '__eq__', _make_function(cls, '__eq__', ['self', 'other'], body, {}, globals))
    if params.order:
        mine = '(' + ''.join(f'self.{name},' for name in compared) + ')'
        theirs = '(' + ''.join(f'other.{name},' for name in compared) + ')'
        for name, operator in (('__lt__', '<'), ('__le__', '<='), ('__gt__', '>'), ('__ge__', '>=')):
            body = ['if other.__class__ is self.__class__:', f' return {mine}{operator}{theirs}',
                    'return NotImplemented']
            if _set_new(cls, name, _make_function(cls, name, ['self', 'other'], body, {}, globals)):
                raise TypeError(f'Cannot overwrite attribute {name} in class {cls.__name__}. '
                                'Consider using functools.total_ordering')
    if params.frozen:
        names = '(' + ''.join(f'{f.name!r},' for f in real) + ')'
        for name, parameters, verb, call in (
                ('__setattr__', ['self', 'name', 'value'], 'assign to', 'name, value'),
                ('__delattr__', ['self', 'name'], 'delete', 'name')):
            body = [f'if type(self) is cls or name in {names}:',
                    f' raise FrozenInstanceError(f"cannot {verb} field {{name!r}}")',
                    f'super(cls, self).{name}({call})']
            function = _make_function(cls, name, parameters, body,
                                      {'cls': cls, 'FrozenInstanceError': FrozenInstanceError}, globals)
            if _set_new(cls, name, function):
                raise TypeError(f'Cannot overwrite attribute {name} in class {cls.__name__}')
    _set_hash(cls, params, has_explicit_hash, real, globals)
    if not getattr(cls, '__doc__'):
        try:
            shown = ', '.join(_parameter_text(f) for f in in_init if f.init and not f.kw_only)
            keyword = ', '.join(_parameter_text(f) for f in in_init if f.init and f.kw_only)
            if keyword:
                shown += (', ' if shown else '') + '*, ' + keyword
            cls.__doc__ = f'{cls.__name__}({shown})'
        except (TypeError, ValueError):
            cls.__doc__ = cls.__name__
    if params.match_args:
        _set_new(cls, '__match_args__', tuple(f.name for f in positional))
    if params.weakref_slot and not params.slots:
        raise TypeError('weakref_slot is True but slots is False')
    if params.slots:
        cls = _with_slots(cls, [f.name for f in real], params)
    return cls


def _parameter_text(f):
    annotation = f.type
    if isinstance(annotation, str):
        text = f'{f.name}: {annotation!r}'
    elif isinstance(annotation, type) and not hasattr(annotation, '__origin__'):
        module = annotation.__module__
        text = f'{f.name}: ' + (annotation.__qualname__ if module == 'builtins' else f'{module}.{annotation.__qualname__}')
    else:
        text = f'{f.name}: {annotation!r}'
    if f.default is not MISSING:
        text += f' = {f.default!r}'
    elif f.default_factory is not MISSING:
        text += ' = <factory>'
    return text


def _set_hash(cls, params, explicit, fields, globals):
    """What becomes of __hash__, by the table in the documentation."""
    if params.unsafe_hash:
        if explicit:
            raise TypeError(f'Cannot overwrite attribute __hash__ in class {cls.__name__}')
    elif not params.eq or explicit:
        return
    elif not params.frozen:
        cls.__hash__ = None
        return
    names = ''.join(f'self.{f.name},' for f in fields if (f.compare if f.hash is None else f.hash))
    cls.__hash__ = _make_function(cls, '__hash__', ['self'], [f'return hash(({names}))'], {}, globals)


def _with_slots(cls, names, params):
    if '__slots__' in cls.__dict__:
        raise TypeError(f'{cls.__name__} already specifies __slots__')
    namespace = dict(cls.__dict__)
    inherited = set()
    for base in cls.__mro__[1:-1]:
        slots = base.__dict__.get('__slots__', ())
        inherited.update((slots,) if isinstance(slots, str) else slots)
    namespace['__slots__'] = tuple(name for name in names if name not in inherited)
    if params.weakref_slot and '__weakref__' not in inherited:
        namespace['__slots__'] += ('__weakref__',)
    for name in names:
        namespace.pop(name, None)
    namespace.pop('__dict__', None)
    namespace.pop('__weakref__', None)
    qualname = getattr(cls, '__qualname__', None)
    made = type(cls)(cls.__name__, cls.__bases__, namespace)
    if qualname is not None:
        made.__qualname__ = qualname
    if params.frozen:
        if '__getstate__' not in namespace:
            made.__getstate__ = lambda self: [getattr(self, f.name) for f in fields(self)]
        if '__setstate__' not in namespace:
            def __setstate__(self, state):
                for f, value in zip(fields(self), state):
                    object.__setattr__(self, f.name, value)
            made.__setstate__ = __setstate__
    return made


def dataclass(cls=None, /, *, init=True, repr=True, eq=True, order=False, unsafe_hash=False, frozen=False,
              match_args=True, kw_only=False, slots=False, weakref_slot=False):
    """Add dunder methods based on the fields defined in the class."""
    params = _DataclassParams(init=init, repr=repr, eq=eq, order=order, unsafe_hash=unsafe_hash, frozen=frozen,
                              match_args=match_args, kw_only=kw_only, slots=slots, weakref_slot=weakref_slot)
    if cls is None:
        return lambda cls: _process_class(cls, params)
    return _process_class(cls, params)


def fields(class_or_instance):
    """Return a tuple describing the fields of this dataclass."""
    try:
        found = getattr(class_or_instance, _FIELDS)
    except AttributeError:
        raise TypeError('must be called with a dataclass type or instance') from None
    return tuple(f for f in found.values() if f._field_type is _FIELD)


def _is_dataclass_instance(obj):
    return hasattr(type(obj), _FIELDS)


def is_dataclass(obj):
    """Returns True if obj is a dataclass or an instance of a dataclass."""
    cls = obj if isinstance(obj, type) else type(obj)
    return hasattr(cls, _FIELDS)


_ATOMIC = frozenset({type(None), bool, int, float, str, complex, bytes, type(...), type(NotImplemented), type, range,
                     property})


def _converted(obj, convert):
    """A copy of an object with all dataclass instances in it converted."""
    kind = type(obj)
    if kind in _ATOMIC:
        return obj
    if hasattr(kind, _FIELDS):
        return convert(obj)
    if isinstance(obj, tuple) and hasattr(obj, '_fields'):
        return kind(*[_converted(v, convert) for v in obj])
    if isinstance(obj, (list, tuple)):
        return kind([_converted(v, convert) for v in obj])
    if isinstance(obj, dict):
        if hasattr(kind, 'default_factory'):
            result = kind(obj.default_factory)
            for k, v in obj.items():
                result[_converted(k, convert)] = _converted(v, convert)
            return result
        return kind((_converted(k, convert), _converted(v, convert)) for k, v in obj.items())
    import copy
    return copy.deepcopy(obj)


def asdict(obj, *, dict_factory=dict):
    """Return the fields of a dataclass instance as a new dictionary mapping field names to field values."""
    if not _is_dataclass_instance(obj):
        raise TypeError('asdict() should be called on dataclass instances')

    def convert(instance):
        return dict_factory([(f.name, _converted(getattr(instance, f.name), convert)) for f in fields(instance)])

    return convert(obj)


def astuple(obj, *, tuple_factory=tuple):
    """Return the fields of a dataclass instance as a new tuple of field values."""
    if not _is_dataclass_instance(obj):
        raise TypeError('astuple() should be called on dataclass instances')

    def convert(instance):
        return tuple_factory([_converted(getattr(instance, f.name), convert) for f in fields(instance)])

    return convert(obj)


def make_dataclass(cls_name, fields, *, bases=(), namespace=None, init=True, repr=True, eq=True, order=False,
                   unsafe_hash=False, frozen=False, match_args=True, kw_only=False, slots=False, weakref_slot=False,
                   module=None):
    """Return a new dynamically created dataclass."""
    from keyword import iskeyword
    namespace = {} if namespace is None else dict(namespace)
    annotations = {}
    for item in fields:
        if isinstance(item, str):
            name, annotation = item, 'typing.Any'
        elif len(item) == 2:
            name, annotation = item
        elif len(item) == 3:
            name, annotation, namespace[item[0]] = item
        else:
            raise TypeError(f'Invalid field: {item!r}')
        if not isinstance(name, str) or not name.isidentifier():
            raise TypeError(f'Field names must be valid identifiers: {name!r}')
        if iskeyword(name):
            raise TypeError(f'Field names must not be keywords: {name!r}')
        if name in annotations:
            raise TypeError(f'Field name duplicated: {name!r}')
        annotations[name] = annotation
    namespace['__annotations__'] = annotations
    if module is None:
        try:
            import sys
            module = sys._getframe(1).f_globals.get('__name__', '__main__')
        except (AttributeError, ValueError):
            pass
    if module is not None:
        namespace['__module__'] = module
    cls = type(cls_name, tuple(bases), namespace)
    return dataclass(cls, init=init, repr=repr, eq=eq, order=order, unsafe_hash=unsafe_hash, frozen=frozen,
                     match_args=match_args, kw_only=kw_only, slots=slots, weakref_slot=weakref_slot)


def replace(obj, /, **changes):
    """Return a new object replacing specified fields with new values."""
    if not _is_dataclass_instance(obj):
        raise TypeError('replace() should be called on dataclass instances')
    return _replace(obj, **changes)


def _replace(self, /, **changes):
    for f in getattr(self, _FIELDS).values():
        if f._field_type is _FIELD_CLASSVAR:
            continue
        if not f.init:
            if f.name in changes:
                raise TypeError(f'field {f.name} is declared with init=False, it cannot be specified with replace()')
            continue
        if f.name not in changes:
            if f._field_type is _FIELD_INITVAR and f.default is MISSING:
                raise TypeError(f'InitVar {f.name!r} must be specified with replace()')
            changes[f.name] = getattr(self, f.name)
    return self.__class__(**changes)
