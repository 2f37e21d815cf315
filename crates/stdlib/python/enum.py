"""Named constants."""

__all__ = [
    'CONFORM', 'CONTINUOUS', 'EJECT', 'Enum', 'EnumMeta', 'EnumType', 'Flag', 'FlagBoundary', 'IntEnum', 'IntFlag',
    'KEEP', 'NAMED_FLAGS', 'ReprEnum', 'STRICT', 'StrEnum', 'UNIQUE', 'auto', 'global_enum', 'member', 'nonmember',
    'property', 'unique', 'verify',
]

_property = property
_UNSET = object()


class nonmember:
    """Keeps a value in an enumeration's body from becoming a member."""

    def __init__(self, value):
        self.value = value


class member:
    """Makes a value in an enumeration's body a member."""

    def __init__(self, value):
        self.value = value


class _Auto:
    def __repr__(self):
        return '_auto_null'


_AUTO = _Auto()


class auto:
    """Stands for a value that the enumeration chooses."""

    def __init__(self, value=_AUTO):
        self.value = value

    def __repr__(self):
        return 'auto(%r)' % (self.value,)


class property(_property):
    """A property that a member may have the name of: instances see the property, the class sees the member."""

    def __get__(self, instance, ownerclass=None):
        if instance is not None:
            if self.fget is None:
                raise AttributeError('%r member has no attribute %r' % (ownerclass, self.name))
            return self.fget(instance)
        found = ownerclass.__dict__.get('_member_map_', {}).get(self.name, _UNSET)
        if found is _UNSET:
            raise AttributeError('%r has no attribute %r' % (ownerclass, self.name))
        return found

    def __set__(self, instance, value):
        if self.fset is not None:
            return self.fset(instance, value)
        raise AttributeError("<enum %r> cannot set attribute %r" % (self.clsname, self.name))

    def __delete__(self, instance):
        if self.fdel is not None:
            return self.fdel(instance)
        raise AttributeError("<enum %r> cannot delete attribute %r" % (self.clsname, self.name))

    def __set_name__(self, ownerclass, name):
        self.name = name
        self.clsname = ownerclass.__name__

    name = clsname = None


def _is_descriptor(obj):
    kind = type(obj)
    return hasattr(kind, '__get__') or hasattr(kind, '__set__') or hasattr(kind, '__delete__')


def _is_dunder(name):
    return len(name) > 4 and name[:2] == name[-2:] == '__' and name[2] != '_' and name[-3] != '_'


def _is_sunder(name):
    return len(name) > 2 and name[0] == name[-1] == '_' and name[1] != '_' and name[-2] != '_'


def _is_private(cls_name, name):
    prefix = '_%s__' % cls_name.lstrip('_')
    return name.startswith(prefix) and len(name) > len(prefix) and not name.endswith('__')


class EnumDict(dict):
    """The namespace of an enumeration's body: it notes the members in order."""

    def __init__(self, cls_name=None):
        super().__init__()
        self._cls_name = cls_name
        self._member_names = {}
        self._last_values = []
        self._ignore = []
        self._auto_called = False
        self._generate = None
        self._init = None

    def __setitem__(self, key, value):
        if Enum is None or _is_private(self._cls_name, key):
            pass
        elif _is_sunder(key):
            if key not in ('_order_', '_generate_next_value_', '_numeric_repr_', '_missing_', '_ignore_',
                           '_iter_member_', '_iter_member_by_value_', '_iter_member_by_def_', '_add_alias_',
                           '_add_value_alias_', '_boundary_', '_flag_mask_', '_singles_mask_', '_all_bits_'):
                raise ValueError('_sunder_ names, such as %r, are reserved for future Enum use' % (key,))
            if key == '_generate_next_value_':
                if self._auto_called:
                    raise TypeError('_generate_next_value_ must be defined before members')
                self._generate = getattr(value, '__func__', value)
            elif key == '_ignore_':
                if isinstance(value, str):
                    value = value.replace(',', ' ').split()
                else:
                    value = list(value)
                self._ignore = value
                already = set(value) & set(self._member_names)
                if already:
                    raise ValueError('_ignore_ cannot specify already set names: %r' % (already,))
        elif _is_dunder(key):
            if key == '__order__':
                key = '_order_'
        elif key in self._member_names:
            raise TypeError('%r already defined as %r' % (key, self[key]))
        elif key in self._ignore:
            pass
        elif isinstance(value, nonmember):
            value = value.value
        elif isinstance(value, member) or not (_is_descriptor(value) or isinstance(value, type)
                                               and value.__qualname__ == f'{self._cls_name}.{value.__name__}'):
            if isinstance(value, member):
                value = value.value
            elif key in self:
                raise TypeError('%r already defined as %r' % (key, self[key]))
            if isinstance(value, auto):
                self._auto_called = True
                value = self._filled(key, value)
            elif isinstance(value, tuple) and any(isinstance(v, auto) for v in value):
                self._auto_called = True
                value = tuple(self._filled(key, v) if isinstance(v, auto) else v for v in value)
            self._member_names[key] = None
            self._last_values.append(value)
        super().__setitem__(key, value)

    def _filled(self, key, value):
        if value.value is _AUTO:
            value.value = self._generate(key, 1, len(self._member_names), self._last_values[:])
        return value.value

    @_property
    def member_names(self):
        return list(self._member_names)


_EnumDict = EnumDict
Enum = Flag = ReprEnum = FlagBoundary = None
STRICT = CONFORM = EJECT = KEEP = None


class EnumType(type):
    """The metaclass of enumerations."""

    @classmethod
    def __prepare__(metacls, cls, bases, **kwds):
        metacls._check_for_existing_members_(cls, bases)
        namespace = EnumDict(cls)
        member_type, first_enum = metacls._get_mixins_(cls, bases)
        if first_enum is not None:
            namespace._generate = getattr(first_enum, '_generate_next_value_', None)
        return namespace

    def __new__(metacls, cls, bases, classdict, *, boundary=None, _simple=False, **kwds):
        if Enum is None:
            return super().__new__(metacls, cls, bases, dict(classdict), **kwds)
        names = list(classdict._member_names)
        invalid = {'mro', ''} & set(names)
        if invalid:
            raise ValueError('invalid enum member name(s) %s' % ','.join(map(repr, invalid)))
        order = classdict.pop('_order_', None)
        for name in classdict._ignore:
            classdict.pop(name, None)
        classdict.pop('_ignore_', None)
        values = [(name, classdict.pop(name)) for name in names]
        member_type, first_enum = metacls._get_mixins_(cls, bases)
        new, save_new, use_args = metacls._find_new_(classdict, member_type, first_enum)
        namespace = dict(classdict)
        namespace.update(_member_names_=[], _member_map_={}, _value2member_map_={}, _unhashable_values_=[],
                         _member_type_=member_type, _new_member_=new, _use_args_=use_args)
        if '_generate_next_value_' in namespace:
            generate = namespace['_generate_next_value_']
            namespace['_generate_next_value_'] = generate if isinstance(generate, staticmethod) else staticmethod(generate)
        is_flag = Flag is not None and first_enum is not None and issubclass(first_enum, Flag)
        if is_flag:
            namespace['_boundary_'] = boundary or getattr(first_enum, '_boundary_', None)
            namespace['_flag_mask_'] = namespace['_singles_mask_'] = namespace['_all_bits_'] = 0
        if save_new:
            namespace['__new_member__'] = new
        namespace.pop('__new__', None)
        if ReprEnum is not None and ReprEnum in bases:
            shown = member_type.__str__
            namespace.setdefault('__str__', member_type.__repr__ if shown is object.__str__ else shown)
            namespace.setdefault('__format__', member_type.__format__)
        enum_class = super().__new__(metacls, cls, bases, namespace, **kwds)
        enum_class.__new__ = Enum.__new__
        for name, value in values:
            enum_class._add_(name, value, new, use_args, member_type, is_flag)
        if is_flag:
            metacls._finish_flag_(enum_class)
        if member_type is not object and '__reduce_ex__' not in classdict:
            enum_class.__reduce_ex__ = Enum.__reduce_ex__
        # A data type mixed in brings its own text forms; the enumeration's are wanted.
        for method in ('__repr__', '__str__', '__format__', '__reduce_ex__'):
            if method not in classdict:
                own = getattr(enum_class, method)
                if own in (getattr(member_type, method, None), getattr(object, method, None)):
                    if not (ReprEnum is not None and ReprEnum in enum_class.__mro__ and method in ('__str__', '__format__')):
                        setattr(enum_class, method, getattr(first_enum, method))
        if is_flag:
            for method in ('__or__', '__and__', '__xor__', '__ror__', '__rand__', '__rxor__', '__invert__'):
                if method not in classdict:
                    setattr(enum_class, method, getattr(Flag, method))
        if order is not None:
            order = order.replace(',', ' ').split() if isinstance(order, str) else list(order)
            if order != enum_class._member_names_:
                raise TypeError('member order does not match _order_:\n  %r\n  %r'
                                % (enum_class._member_names_, order))
        return enum_class

    def __init__(cls, *args, **kwds):
        super().__init__(*args)

    def _add_(cls, name, value, new, use_args, member_type, is_flag):
        args = value if isinstance(value, tuple) else (value,)
        if member_type is tuple:
            args = (args,)
        if use_args:
            made = new(cls, *args)
        else:
            made = new(cls)
        if '_value_' not in made.__dict__:
            if member_type is object:
                made._value_ = value
            else:
                try:
                    made._value_ = member_type(*args)
                except Exception as exc:
                    new_exc = TypeError('_value_ not set in __new__, unable to create it')
                    new_exc.__cause__ = exc
                    raise new_exc
        value = made._value_
        made._name_ = name
        made.__objclass__ = cls
        made._sort_order_ = len(cls._member_names_)
        made.__init__(*args)
        canonical = cls._known_(value)
        if canonical is not None:
            made = canonical
        else:
            if is_flag and isinstance(value, int):
                single = value > 0 and value & (value - 1) == 0
                if single:
                    cls._singles_mask_ |= value
                    cls._member_names_.append(name)
                if value > 0 or cls._boundary_ is not KEEP:
                    cls._flag_mask_ |= max(value, 0)
                    cls._all_bits_ = 2 ** cls._flag_mask_.bit_length() - 1
            else:
                cls._member_names_.append(name)
            try:
                cls._value2member_map_.setdefault(value, made)
            except TypeError:
                cls._unhashable_values_.append(made)
        cls._member_map_[name] = made
        inherited = None
        for base in cls.__mro__[1:]:
            if name in base.__dict__:
                inherited = base.__dict__[name]
                break
        if isinstance(inherited, property):
            return
        type.__setattr__(cls, name, made)

    def _known_(cls, value):
        try:
            return cls._value2member_map_.get(value)
        except TypeError:
            for known in cls._unhashable_values_:
                if known._value_ == value:
                    return known
        return None

    @classmethod
    def _finish_flag_(metacls, cls):
        single = [name for name, m in cls._member_map_.items() if m._name_ == name and m._value_ > 0
                  and m._value_ & (m._value_ - 1) == 0]
        if single != sorted(single, key=lambda name: cls._member_map_[name]._value_):
            single.sort(key=lambda name: cls._member_map_[name]._value_)
        cls._member_names_ = [name for name in cls._member_names_ if name in single] \
            if sorted(cls._member_names_) == sorted(single) else single

    def __bool__(cls):
        return True

    def __call__(cls, value, names=_UNSET, *values, module=None, qualname=None, type=None, start=1, boundary=None):
        if cls._member_map_:
            if names is not _UNSET:
                value = (value, names) + values
            return cls.__new__(cls, value)
        if names is _UNSET and type is None:
            raise TypeError(f'{cls} has no members; specify `names=()` if you meant to create a new, empty, enum')
        return cls._create_(value, () if names is _UNSET else names, module=module, qualname=qualname, type=type,
                            start=start, boundary=boundary)

    def __contains__(cls, value):
        if isinstance(value, cls):
            return True
        if cls._known_(value) is not None:
            return True
        if Flag is not None and issubclass(cls, Flag) and isinstance(value, int):
            try:
                return isinstance(cls._missing_(value), cls)
            except ValueError:
                return False
        return False

    def __delattr__(cls, attr):
        if attr in cls.__dict__.get('_member_map_', {}):
            raise AttributeError('%r cannot delete member %r.' % (cls.__name__, attr))
        super().__delattr__(attr)

    def __dir__(cls):
        return sorted({'__class__', '__contains__', '__doc__', '__getitem__', '__init_subclass__', '__iter__',
                       '__len__', '__members__',
                       '__module__', '__name__', '__qualname__'} | set(cls._member_names_))

    def __getitem__(cls, name):
        return cls._member_map_[name]

    def __iter__(cls):
        return (cls._member_map_[name] for name in cls._member_names_)

    def __len__(cls):
        return len(cls._member_names_)

    @_property
    def __members__(cls):
        from types import MappingProxyType
        return MappingProxyType(cls._member_map_)

    def __repr__(cls):
        if Flag is not None and issubclass(cls, Flag):
            return '<flag %r>' % cls.__name__
        return '<enum %r>' % cls.__name__

    def __reversed__(cls):
        return (cls._member_map_[name] for name in reversed(cls._member_names_))

    def __setattr__(cls, name, value):
        if name in cls.__dict__.get('_member_map_', {}):
            raise AttributeError('cannot reassign member %r' % (name,))
        super().__setattr__(name, value)

    def _convert_(cls, name, module, filter, source=None, *, boundary=None, as_global=False):
        """Makes an enumeration of those globals of a module that the filter takes, and puts it in their place."""
        import sys
        namespace = sys.modules[module].__dict__
        source = namespace if source is None else source.__dict__
        members = [(key, source[key]) for key in source if filter(key)]
        try:
            members.sort(key=lambda item: (item[1], item[0]))
        except TypeError:
            members.sort(key=lambda item: item[0])
        made = cls(name, members, module=module, boundary=boundary or KEEP)
        if as_global:
            global_enum(made)
        else:
            namespace.update(made.__members__)
        namespace[name] = made
        return made

    def _create_(cls, class_name, names, *, module=None, qualname=None, type=None, start=1, boundary=None):
        metacls = cls.__class__
        bases = (cls,) if type is None else (type, cls)
        classdict = metacls.__prepare__(class_name, bases)
        if isinstance(names, str):
            names = names.replace(',', ' ').split()
        if isinstance(names, (tuple, list)) and names and isinstance(names[0], str):
            original, names, last_values = names, [], []
            for count, name in enumerate(original):
                value = cls._generate_next_value_(name, start, count, last_values[:])
                last_values.append(value)
                names.append((name, value))
        for item in names:
            if isinstance(item, str):
                classdict[item] = names[item]
            else:
                classdict[item[0]] = item[1]
        if module is None:
            try:
                import sys
                module = sys._getframe(2).f_globals['__name__']
            except (AttributeError, ValueError, KeyError):
                pass
        if module is not None:
            classdict['__module__'] = module
        if qualname is not None:
            classdict['__qualname__'] = qualname
        return metacls.__new__(metacls, class_name, bases, classdict, boundary=boundary)

    @classmethod
    def _check_for_existing_members_(mcls, class_name, bases):
        for chain in bases:
            for base in chain.__mro__:
                if isinstance(base, EnumType) and base._member_names_:
                    raise TypeError('<enum %r> cannot extend %r' % (class_name, base))

    @classmethod
    def _get_mixins_(mcls, class_name, bases):
        """The data type that members are built on, and the enumeration they derive from."""
        if not bases:
            return object, Enum
        first_enum = bases[-1]
        if not isinstance(first_enum, EnumType):
            raise TypeError('new enumerations should be created as `EnumName([mixin_type, ...] [data_type,] enum_type)`')
        found = {}
        for chain in bases:
            candidate = None
            for base in chain.__mro__:
                if base is object:
                    continue
                if isinstance(base, EnumType):
                    if base._member_type_ is not object:
                        found[base._member_type_] = None
                        break
                elif '__new__' in base.__dict__ or '__dataclass_fields__' in base.__dict__:
                    found[candidate or base] = None
                    break
                else:
                    candidate = candidate or base
        if len(found) > 1:
            raise TypeError('too many data types for %r: %r' % (class_name, set(found)))
        return (next(iter(found)) if found else object), first_enum

    @classmethod
    def _find_new_(mcls, classdict, member_type, first_enum):
        new = classdict.get('__new__')
        if isinstance(new, staticmethod):
            new = new.__func__
        save_new = first_enum is not None and new is not None
        if new is None:
            for method in ('__new_member__', '__new__'):
                for possible in (member_type, first_enum):
                    target = getattr(possible, method, None)
                    if target not in (None, None.__new__, object.__new__, Enum.__new__ if Enum else None):
                        new = target
                        break
                if new is not None:
                    break
            else:
                new = object.__new__
        use_args = first_enum is not None and new is not object.__new__
        return new, save_new, use_args


EnumMeta = EnumType


class Enum(metaclass=EnumType):
    """The base of enumerations: the names that the body of a derived class gives values to become its members."""

    _member_names_ = []
    _member_map_ = {}
    _value2member_map_ = {}
    _unhashable_values_ = []
    _member_type_ = object

    def __new__(cls, value):
        if type(value) is cls:
            return value
        found = cls._known_(value)
        if found is not None:
            return found
        if not cls._member_map_:
            raise TypeError('%r has no members defined' % cls)
        failure = invalid = given = None
        try:
            given = cls._missing_(value)
        except Exception as error:
            failure = error
        try:
            if isinstance(given, cls):
                return given
            if Flag is not None and issubclass(cls, Flag) and cls._boundary_ is EJECT and isinstance(given, int):
                return given
            invalid = ValueError('%r is not a valid %s' % (value, cls.__qualname__))
            if failure is None:
                if given is None:
                    raise invalid
                failure = TypeError('error in %s._missing_: returned %r instead of None or a valid member'
                                    % (cls.__name__, given))
            if not isinstance(failure, ValueError):
                failure.__context__ = invalid
            raise failure
        finally:
            # The frame is part of their tracebacks.
            failure = invalid = None

    def __init__(self, *args, **kwds):
        pass

    def _add_alias_(self, name):
        cls = type(self)
        known = cls._member_map_.get(name)
        if known is not None and known is not self:
            raise NameError('%r is already bound: %r' % (name, known))
        cls._member_map_[name] = self
        type.__setattr__(cls, name, self)

    def _add_value_alias_(self, value):
        cls = type(self)
        known = cls._known_(value)
        if known is not None and known is not self:
            raise ValueError('%r is already bound: %r' % (value, known))
        cls._value2member_map_.setdefault(value, self)

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        if not last_values:
            return start
        try:
            *_, highest = sorted(last_values)
        except TypeError:
            raise TypeError('unable to sort non-numeric values') from None
        try:
            return highest + 1
        except TypeError:
            raise TypeError('unable to increment %r' % (highest,)) from None

    @classmethod
    def _missing_(cls, value):
        return None

    def __repr__(self):
        show = self.__class__._member_type_.__repr__ if self.__class__._member_type_ is not object else repr
        return '<%s.%s: %s>' % (self.__class__.__name__, self._name_, show(self._value_))

    def __str__(self):
        return '%s.%s' % (self.__class__.__name__, self._name_)

    def __dir__(self):
        names = {'__class__', '__doc__', '__eq__', '__hash__', '__module__'}
        if self.__class__._member_type_ is not object:
            names |= set(object.__dir__(self))
        names |= {name for name in getattr(self, '__dict__', ()) if name[0] != '_'}
        names |= {'name', 'value'}
        return sorted(names)

    def __format__(self, format_spec):
        return str.__format__(str(self), format_spec)

    def __hash__(self):
        return hash(self._name_)

    def __reduce_ex__(self, proto):
        return self.__class__, (self._value_,)

    def __deepcopy__(self, memo):
        return self

    def __copy__(self):
        return self

    @property
    def name(self):
        """What the member is called."""
        return self._name_

    @property
    def value(self):
        """What the member stands for."""
        return self._value_


class ReprEnum(Enum):
    """An enumeration whose members are written as the type mixed in does, but for their repr."""


class IntEnum(int, ReprEnum):
    """An enumeration of whole numbers."""


class StrEnum(str, ReprEnum):
    """An enumeration of strings."""

    def __new__(cls, *values):
        if len(values) > 3:
            raise TypeError('too many arguments for str(): %r' % (values,))
        if len(values) == 1 and not isinstance(values[0], str):
            raise TypeError('%r is not a string' % (values[0],))
        for name, value in zip(('encoding', 'errors'), values[1:]):
            if not isinstance(value, str):
                raise TypeError('%s must be a string, not %r' % (name, value))
        made = str.__new__(cls, *values)
        made._value_ = str(*values)
        return made

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        return name.lower()


class FlagBoundary(StrEnum):
    """What becomes of bits that no flag has."""

    STRICT = auto()
    CONFORM = auto()
    EJECT = auto()
    KEEP = auto()


STRICT, CONFORM, EJECT, KEEP = FlagBoundary


class Flag(Enum, boundary=STRICT):
    """An enumeration of bits, which can be combined."""

    _numeric_repr_ = repr
    _boundary_ = STRICT
    _flag_mask_ = _singles_mask_ = _all_bits_ = 0

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        if not last_values:
            return 1 if start is None else start
        highest = max(last_values)
        try:
            return 1 << highest.bit_length()
        except Exception:
            raise TypeError('invalid flag value %r' % highest) from None

    @classmethod
    def _missing_(cls, value):
        if not isinstance(value, int):
            raise ValueError('%r is not a valid %s' % (value, cls.__qualname__))
        mask, every = cls._flag_mask_, cls._all_bits_
        original = value
        if not ~every <= value <= every or value & (every ^ mask):
            if cls._boundary_ is STRICT:
                width = max(value.bit_length(), mask.bit_length())
                raise ValueError('%r invalid value %r\n    given %s\n  allowed %s'
                                 % (cls, value, bin_(value, width), bin_(mask, width)))
            if cls._boundary_ is CONFORM:
                value &= mask
            elif cls._boundary_ is EJECT:
                return value
            elif value < 0:
                value = max(every + 1, 2 ** value.bit_length()) + value
        if value < 0:
            value = every + 1 + value if cls._boundary_ is KEEP else mask & value
        known = cls._value2member_map_.get(value)
        if known is not None:
            return known
        unknown = value & ~mask
        if cls._member_type_ is object:
            made = object.__new__(cls)
        else:
            made = cls._member_type_.__new__(cls, value)
        made._value_ = value
        parts = list(cls._iter_member_(value))
        if parts:
            made._name_ = '|'.join(m._name_ for m in parts)
            rest = value
            for m in parts:
                rest &= ~m._value_
            if rest:
                made._name_ += '|%s' % cls._numeric_repr_(rest)
        elif unknown and cls._boundary_ is KEEP and value:
            made._name_ = None
        else:
            made._name_ = None
        return cls._value2member_map_.setdefault(value, made)

    @classmethod
    def _iter_member_(cls, value):
        for name in cls._member_names_:
            m = cls._member_map_[name]
            if m._value_ & value:
                yield m

    def __contains__(self, other):
        if not isinstance(other, self.__class__):
            raise TypeError("unsupported operand type(s) for 'in': %r and %r"
                            % (type(other).__qualname__, self.__class__.__qualname__))
        return other._value_ & self._value_ == other._value_

    def __iter__(self):
        yield from self._iter_member_(self._value_)

    def __len__(self):
        return self._value_.bit_count()

    def __repr__(self):
        cls = self.__class__
        shown = cls._member_type_.__repr__(self._value_) if cls._member_type_ is not object else repr(self._value_)
        if self._name_ is None:
            return '<%s: %s>' % (cls.__name__, shown)
        return '<%s.%s: %s>' % (cls.__name__, self._name_, shown)

    def __str__(self):
        cls = self.__class__
        if self._name_ is None:
            return '%s(%r)' % (cls.__name__, self._value_)
        return '%s.%s' % (cls.__name__, self._name_)

    def __bool__(self):
        return bool(self._value_)

    def _bits(self, other):
        if isinstance(other, self.__class__):
            return other._value_
        if self._member_type_ is not object and isinstance(other, self._member_type_):
            return other
        return NotImplemented

    def __or__(self, other):
        bits = self._bits(other)
        return bits if bits is NotImplemented else self.__class__(self._value_ | bits)

    def __and__(self, other):
        bits = self._bits(other)
        return bits if bits is NotImplemented else self.__class__(self._value_ & bits)

    def __xor__(self, other):
        bits = self._bits(other)
        return bits if bits is NotImplemented else self.__class__(self._value_ ^ bits)

    def __invert__(self):
        cls = self.__class__
        if cls._boundary_ in (EJECT, KEEP):
            return cls(~self._value_)
        return cls(cls._singles_mask_ & ~self._value_)

    __ror__ = __or__
    __rand__ = __and__
    __rxor__ = __xor__


class IntFlag(int, ReprEnum, Flag, boundary=KEEP):
    """An enumeration of bits whose members are whole numbers, and combine with others."""


def bin_(value, width):
    """A number in binary with its sign bit in front, as the errors of flags show it."""
    if value >= 0:
        return '0b0 ' + format(value, 'b').rjust(width, '0')
    return '0b1 ' + format(value & ((1 << width) - 1), 'b').rjust(width, '1')


def unique(enumeration):
    """Class decorator: no value may have two names."""
    duplicates = [(name, m.name) for name, m in enumeration.__members__.items() if name != m.name]
    if duplicates:
        details = ', '.join('%s -> %s' % pair for pair in duplicates)
        raise ValueError('duplicate values found in %r: %s' % (enumeration, details))
    return enumeration


class EnumCheck(StrEnum):
    """Conditions to verify."""

    CONTINUOUS = 'no skipped integer values'
    NAMED_FLAGS = 'multi-flag aliases may not contain unnamed flags'
    UNIQUE = 'one name per value'


CONTINUOUS, NAMED_FLAGS, UNIQUE = EnumCheck


class verify:
    """Class decorator that checks conditions of an enumeration."""

    def __init__(self, *checks):
        self.checks = checks

    def __call__(self, enumeration):
        for check in self.checks:
            if check is UNIQUE:
                aliases = [(name, m.name) for name, m in enumeration.__members__.items() if name != m.name]
                if aliases:
                    raise ValueError('aliases found in %r: %s'
                                     % (enumeration, ', '.join('%s -> %s' % pair for pair in aliases)))
            elif check is CONTINUOUS:
                values = {m.value for m in enumeration}
                if len(values) < 2:
                    continue
                low, high = min(values), max(values)
                if issubclass(enumeration, Flag):
                    wanted = [2 ** bit for bit in range(low.bit_length(), high.bit_length() - 1)]
                else:
                    wanted = range(low + 1, high)
                missing = sorted(value for value in wanted if value not in values)
                if missing:
                    kind = 'Flag' if issubclass(enumeration, Flag) else 'Enum'
                    raise ValueError(('invalid %s %r: missing values %s'
                                      % (kind, enumeration.__name__, ', '.join(map(str, missing))))[:256])
            elif check is NAMED_FLAGS:
                names = enumeration._member_names_
                for name, alias in enumeration._member_map_.items():
                    if name not in names and alias.value > 0 and alias.value & ~enumeration._singles_mask_:
                        raise ValueError('invalid Flag %r: alias %s is missing combined values'
                                         % (enumeration.__name__, name))
        return enumeration


def global_enum_repr(self):
    """The name with its module, as it can be written."""
    return '%s.%s' % (self.__class__.__module__.split('.')[-1], self._name_)


def global_flag_repr(self):
    """The names of the flags with their module."""
    module = self.__class__.__module__.split('.')[-1]
    if self._name_ is None:
        return '%s.%s(%r)' % (module, self.__class__.__name__, self._value_)
    if _is_single_bit(self._value_):
        return '%s.%s' % (module, self._name_)
    return '|'.join('%s.%s' % (module, name) if name[:1].isalpha() or name[:1] == '_' else name
                    for name in self._name_.split('|'))


def global_str(self):
    """The bare name."""
    return self._name_ if self._name_ is not None else '%s(%r)' % (self.__class__.__name__, self._value_)


def _is_single_bit(value):
    return value > 0 and value & (value - 1) == 0


def global_enum(cls, update_str=False):
    """Puts the members into the namespace of the module, and shows them as found there."""
    import sys
    cls.__repr__ = global_flag_repr if issubclass(cls, Flag) else global_enum_repr
    if not issubclass(cls, ReprEnum) or update_str:
        cls.__str__ = global_str
    sys.modules[cls.__module__].__dict__.update(cls.__members__)
    return cls


def _simple_enum(etype=Enum, *, boundary=None, use_args=None):
    """Class decorator that makes a plain class an enumeration."""

    def convert(cls):
        metacls = type(etype)
        body = metacls.__prepare__(cls.__name__, (etype,))
        for name, value in cls.__dict__.items():
            if name not in ('__dict__', '__weakref__', '__static_attributes__', '__firstlineno__'):
                body[name] = value
        return metacls(cls.__name__, (etype,), body, boundary=boundary)

    return convert


def pickle_by_global_name(self, proto):
    """Members that are globals of their module are pickled by name."""
    return self.name


def pickle_by_enum_name(self, proto):
    """Members are pickled as attributes of their class."""
    return getattr, (self.__class__, self._name_)


def show_flag_values(value):
    """The bits of a number, each as a number of its own."""
    return [1 << place for place in range(value.bit_length()) if value >> place & 1]
