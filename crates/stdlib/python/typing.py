"""Type hints: what annotations are written with. Nothing here checks a value against a type."""

import collections
import collections.abc
import sys
import types
from types import GenericAlias

from _typing import (
    Generic, NoDefault, ParamSpec, ParamSpecArgs, ParamSpecKwargs, TypeAliasType, TypeVar, TypeVarTuple,
)

TYPE_CHECKING = False


def _type_check(arg, message, is_argument=True):
    """The type that an argument means; None stands for its type, a string for a name to be looked up later."""
    if arg is None:
        return type(None)
    if isinstance(arg, str):
        return ForwardRef(arg)
    if arg is Generic or arg is Protocol:
        raise TypeError(f"Plain {arg!r} is not valid as type argument")
    if type(arg) is tuple:
        raise TypeError(f"{message} Got {arg!r:.100}.")
    return arg


def _shown(obj):
    """How a type is written inside another one."""
    if isinstance(obj, type) and not isinstance(obj, GenericAlias):
        return obj.__qualname__ if obj.__module__ == "builtins" else f"{obj.__module__}.{obj.__qualname__}"
    if obj is ...:
        return "..."
    if isinstance(obj, types.FunctionType):
        return obj.__name__
    if isinstance(obj, list | tuple):
        return "[" + ", ".join(map(_shown, obj)) + "]"
    return repr(obj)


def _parameters(args):
    """The type parameters in arguments, each once."""
    found = []
    for arg in args:
        if isinstance(arg, TypeVar | ParamSpec | TypeVarTuple):
            inner = (arg,)
        elif isinstance(arg, list | tuple):
            inner = _parameters(arg)
        else:
            inner = () if isinstance(arg, type) else getattr(arg, "__parameters__", ())
        found += [one for one in inner if one not in found]
    return tuple(found)


def _replaced(arg, values):
    """An argument with values in the place of type parameters."""
    if isinstance(arg, TypeVar | ParamSpec):
        return values.get(arg, arg)
    if isinstance(arg, list | tuple):
        return type(arg)(_replace_all(arg, values))
    inner = () if isinstance(arg, type) else getattr(arg, "__parameters__", ())
    if not inner:
        return arg
    given = []
    for one in inner:
        if isinstance(one, TypeVarTuple):
            given += values.get(one, (one,))
        else:
            given.append(values.get(one, one))
    return arg[tuple(given)]


def _replace_all(args, values):
    made = []
    for arg in args:
        unpacked = arg.__args__[0] if isinstance(arg, _Alias) and arg.__origin__ is Unpack else None
        if unpacked in values and isinstance(unpacked, TypeVarTuple):
            made += values[unpacked]
        else:
            made.append(_replaced(arg, values))
    return made


def _bound_values(parameters, args, what):
    """Which parameter gets which argument; defaults fill up."""
    if len(parameters) == 1 and isinstance(parameters[0], ParamSpec) and not (
            len(args) == 1 and isinstance(args[0], list | tuple | ParamSpec | types.EllipsisType | _Alias)):
        args = (list(args),)
    many = [index for index, one in enumerate(parameters) if isinstance(one, TypeVarTuple)]
    if many:
        before, after = many[0], len(parameters) - many[0] - 1
        if len(args) < before + after:
            raise TypeError(f"Too few arguments for {what}; actual {len(args)}, expected at least {before + after}")
        middle = args[before:len(args) - after]
        args = (*args[:before], tuple(middle), *args[len(args) - after:])
    args = list(args)
    for one in parameters[len(args):]:
        if one.has_default():
            args.append(one.__default__)
    if len(args) != len(parameters):
        few = "few" if len(args) < len(parameters) else "many"
        raise TypeError(f"Too {few} arguments for {what}; actual {len(args)}, expected {len(parameters)}")
    return dict(zip(parameters, args))


class _Alias:
    """A type with arguments, such as `Box[int]` or `Union[int, str]`."""

    def __init__(self, origin, args, name=None):
        self.__origin__ = origin
        self.__args__ = args if isinstance(args, tuple) else (args,)
        self.__parameters__ = _parameters(self.__args__)
        self._name = name
        if not name:
            self.__module__ = origin.__module__

    def __getitem__(self, args):
        args = args if isinstance(args, tuple) else (args,)
        if not self.__parameters__:
            raise TypeError(f"{self} is not a generic class")
        values = _bound_values(self.__parameters__, args, self)
        made = tuple(_replace_all(self.__args__, values))
        return Union[made] if self.__origin__ is Union else _Alias(self.__origin__, made, self._name)

    def __mro_entries__(self, bases):
        if isinstance(self.__origin__, _Form):
            raise TypeError(f"Cannot subclass {self!r}")
        entries = [] if self.__origin__ in bases else [self.__origin__]
        later = bases[bases.index(self) + 1:]
        generic = any(isinstance(base, _Alias) or isinstance(base, type) and issubclass(base, Generic) for base in later)
        if self.__origin__ is not Generic and self.__origin__ is not Protocol and not generic and self._name:
            entries.append(Generic)
        return tuple(entries)

    def __call__(self, *args, **kwargs):
        made = self.__origin__(*args, **kwargs)
        try:
            made.__orig_class__ = self
        except Exception:
            pass
        return made

    def __getattr__(self, name):
        if "__origin__" in self.__dict__ and not (name[:2] == "__" and name[-2:] == "__"):
            return getattr(self.__origin__, name)
        raise AttributeError(name)

    def __eq__(self, other):
        if not isinstance(other, _Alias):
            return NotImplemented
        if self.__origin__ is Union or self.__origin__ is Literal:
            return other.__origin__ is self.__origin__ and set(self.__args__) == set(other.__args__)
        return self.__origin__ == other.__origin__ and self.__args__ == other.__args__

    def __hash__(self):
        if self.__origin__ is Union:
            return hash(frozenset(self.__args__))
        return hash((self.__origin__, self.__args__))

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]

    def __instancecheck__(self, obj):
        return self.__subclasscheck__(type(obj))

    def __subclasscheck__(self, cls):
        if self.__origin__ is Union:
            return any(issubclass(cls, arg) for arg in self.__args__)
        raise TypeError("Subscripted generics cannot be used with class and instance checks")

    def __iter__(self):
        yield Unpack[self]

    def __repr__(self):
        args = self.__args__
        if self.__origin__ is Union:
            if len(args) == 2 and type(None) in args:
                return f"typing.Optional[{_shown(args[0] if args[1] is type(None) else args[1])}]"
        if self.__origin__ is collections.abc.Callable and self._name:
            if args[0] is ...:
                return f"typing.Callable[..., {_shown(args[-1])}]"
            return f"typing.Callable[[{', '.join(map(_shown, args[:-1]))}], {_shown(args[-1])}]"
        if self.__origin__ is Literal:
            return f"typing.Literal[{', '.join(map(repr, args))}]"
        if self._name == "Annotated":
            return f"typing.Annotated[{', '.join([_shown(args[0]), *map(repr, self.__metadata__)])}]"
        name = f"typing.{self._name}" if self._name else _shown(self.__origin__)
        return f"{name}[{', '.join(map(_shown, args)) or '()'}]"


_GenericAlias = _Alias


class _Form:
    # A name with a meaning of its own: `Union[...]`, `ClassVar[...]`. The docstring is that of each form.
    __slots__ = ("_name", "__doc__", "_getitem", "__weakref__")

    def __init__(self, name, getitem=None, doc=None):
        self._name, self._getitem, self.__doc__ = name, getitem, doc

    __module__ = "typing"

    @property
    def __name__(self):
        return self._name

    def __getitem__(self, args):
        if self._getitem is None:
            raise TypeError(f"{self!r} is not subscriptable")
        return self._getitem(self, args)

    def __mro_entries__(self, bases):
        raise TypeError(f"Cannot subclass {self!r}")

    def __call__(self, *args, **kwargs):
        raise TypeError(f"Cannot instantiate {self!r}")

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]

    def __instancecheck__(self, obj):
        raise TypeError(f"{self!r} cannot be used with isinstance()")

    def __subclasscheck__(self, cls):
        raise TypeError(f"{self!r} cannot be used with issubclass()")

    def __reduce__(self):
        return self._name

    def __repr__(self):
        return f"typing.{self._name}"


def _single(self, args):
    return _Alias(self, (_type_check(args, f"{self} accepts only single type."),), self._name)


def _several(self, args):
    args = args if isinstance(args, tuple) else (args,)
    return _Alias(self, tuple(_type_check(arg, f"{self}[arg, ...]: each arg must be a type.") for arg in args), self._name)


def _union(self, args):
    if args == ():
        raise TypeError("Cannot take a Union of no types.")
    args = args if isinstance(args, tuple) else (args,)
    flat = []
    for arg in args:
        arg = _type_check(arg, "Union[arg, ...]: each arg must be a type.")
        parts = arg.__args__ if isinstance(arg, types.UnionType) or isinstance(arg, _Alias) and arg.__origin__ is Union else (arg,)
        flat += [part for part in parts if part not in flat]
    return flat[0] if len(flat) == 1 else _Alias(self, tuple(flat), "Union")


def _literal(self, args):
    args = args if isinstance(args, tuple) else (args,)
    flat = []
    for arg in args:
        parts = arg.__args__ if isinstance(arg, _Alias) and arg.__origin__ is Literal else (arg,)
        flat += [part for part in parts if not any(part == old and type(part) is type(old) for old in flat)]
    return _Alias(self, tuple(flat), "Literal")


def _annotated(self, args):
    if not isinstance(args, tuple) or len(args) < 2:
        raise TypeError("Annotated[...] should be used with at least two arguments (a type and an annotation).")
    made = _Alias(_type_check(args[0], "Annotated[t, ...]: t must be a type."), (args[0],), "Annotated")
    made.__metadata__ = args[1:]
    return made


Union = _Form("Union", _union, "Union type; Union[X, Y] means either X or Y.")
Optional = _Form("Optional", lambda self, arg: Union[arg, type(None)], "Optional[X] is equivalent to Union[X, None].")
Literal = _Form("Literal", _literal)
Annotated = _Form("Annotated", _annotated)
ClassVar = _Form("ClassVar", _single)
Final = _Form("Final", _single)
Required = _Form("Required", _single)
NotRequired = _Form("NotRequired", _single)
ReadOnly = _Form("ReadOnly", _single)
TypeGuard = _Form("TypeGuard", _single)
TypeIs = _Form("TypeIs", _single)
Unpack = _Form("Unpack", _single)
Concatenate = _Form("Concatenate", _several)
NoReturn = _Form("NoReturn")
Never = _Form("Never")
Self = _Form("Self")
LiteralString = _Form("LiteralString")
TypeAlias = _Form("TypeAlias")


class _AnyMeta(type):
    def __instancecheck__(self, obj):
        if self is Any:
            raise TypeError("typing.Any cannot be used with isinstance()")
        return super().__instancecheck__(obj)

    def __repr__(self):
        return "typing.Any" if self is Any else super().__repr__()


class Any(metaclass=_AnyMeta):
    """Special type indicating an unconstrained type."""

    def __new__(cls, *args, **kwargs):
        if cls is Any:
            raise TypeError("Any cannot be instantiated")
        return super().__new__(cls)


class ForwardRef:
    """A type that is written as a string."""

    def __init__(self, arg, is_argument=True, module=None, *, is_class=False):
        if not isinstance(arg, str):
            raise TypeError(f"Forward reference must be a string -- got {arg!r}")
        self.__forward_arg__ = arg
        self.__forward_code__ = compile(arg, "<string>", "eval")

    def _evaluate(self, globalns, localns, *rest, **kwargs):
        return eval(self.__forward_code__, {} if globalns is None else globalns, localns)

    def __eq__(self, other):
        if not isinstance(other, ForwardRef):
            return NotImplemented
        return self.__forward_arg__ == other.__forward_arg__

    def __hash__(self):
        return hash(self.__forward_arg__)

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]

    def __repr__(self):
        return f"ForwardRef({self.__forward_arg__!r})"


class _Plain:
    """The older name of a class that is generic itself, such as `List` for `list`."""

    def __init__(self, origin, name):
        self.__origin__, self._name = origin, name

    __module__ = "typing"

    def __getitem__(self, args):
        args = args if isinstance(args, tuple) else (args,)
        if self._name == "Callable":
            if len(args) != 2:
                raise TypeError("Callable must be used as Callable[[arg, ...], result].")
            first = tuple(args[0]) if isinstance(args[0], list) else (args[0],)
            args = (*first, args[1])
        return _Alias(self.__origin__, tuple(arg if arg is ... else _type_check(arg, "") for arg in args), self._name)

    def __mro_entries__(self, bases):
        return (self.__origin__, Generic)

    def __call__(self, *args, **kwargs):
        return self.__origin__(*args, **kwargs)

    def __instancecheck__(self, obj):
        return isinstance(obj, self.__origin__)

    def __subclasscheck__(self, cls):
        return issubclass(cls, self.__origin__)

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]

    def __reduce__(self):
        return self._name

    def __repr__(self):
        return f"typing.{self._name}"


_PLAIN = {
    "List": list, "Dict": dict, "Set": set, "FrozenSet": frozenset, "Tuple": tuple, "Type": type,
    "Deque": collections.deque, "DefaultDict": collections.defaultdict, "OrderedDict": collections.OrderedDict,
    "Counter": collections.Counter, "ChainMap": collections.ChainMap, "AbstractSet": collections.abc.Set,
}
_PLAIN |= {
    name: getattr(collections.abc, name)
    for name in (
        "Awaitable Coroutine AsyncIterable AsyncIterator AsyncGenerator Hashable Iterable Iterator Generator Reversible "
        "Sized Container Collection Callable MutableSet Mapping MutableMapping Sequence MutableSequence KeysView ItemsView "
        "ValuesView MappingView").split()
}
globals().update({name: _Plain(origin, name) for name, origin in _PLAIN.items()})
Text = str


# What `_typing` asks for.


def _typevar_subst(self, arg):
    if isinstance(arg, _Alias) and arg.__origin__ is Unpack:
        raise TypeError(f"{arg} is not valid as type argument")
    return _type_check(arg, "Parameters to generic types must be types.")


def _paramspec_subst(self, arg):
    return tuple(arg) if isinstance(arg, list | tuple) else arg


def _paramspec_prepare_subst(self, alias, args):
    return (args,) if len(alias.__parameters__) == 1 and not (args and isinstance(args[0], list | tuple)) else args


def _typevartuple_prepare_subst(self, alias, args):
    values = _bound_values(alias.__parameters__, args, alias)
    return tuple(values[one] for one in alias.__parameters__)


def _generic_class_getitem(cls, args):
    args = args if isinstance(args, tuple) else (args,)
    if cls in (Generic, Protocol):
        if not args:
            raise TypeError(f"Parameter list to {cls.__qualname__}[...] cannot be empty")
        if not all(isinstance(arg, TypeVar | ParamSpec | TypeVarTuple | _Alias) for arg in args):
            raise TypeError(f"Parameters to {cls.__name__}[...] must all be type variables or parameter specification variables.")
        return _Alias(cls, args)
    parameters = cls.__dict__.get("__parameters__", getattr(cls, "__parameters__", ()))
    if not parameters:
        raise TypeError(f"{cls} is not a generic class")
    args = tuple(arg if isinstance(arg, list) else _type_check(arg, "Parameters to generic types must be types.") for arg in args)
    values = _bound_values(parameters, args, cls)
    flat = []
    for one in parameters:
        flat += values[one] if isinstance(one, TypeVarTuple) else [values[one]]
    return _Alias(cls, tuple(tuple(arg) if isinstance(arg, list) else arg for arg in flat))


def _generic_init_subclass(cls, *args, **kwargs):
    super(Generic, cls).__init_subclass__(*args, **kwargs)
    bases = cls.__dict__.get("__orig_bases__", ())
    found = _parameters(bases)
    for base in bases:
        if isinstance(base, _Alias) and base.__origin__ in (Generic, Protocol):
            found = base.__parameters__
    cls.__parameters__ = found


class _ProtocolMeta(type(collections.abc.Sized)):
    def __instancecheck__(cls, instance):
        if cls.__dict__.get("_is_protocol"):
            if not getattr(cls, "_is_runtime_protocol", False):
                raise TypeError("Instance and class checks can only be used with @runtime_checkable protocols")
            return all(hasattr(instance, name) for name in _protocol_members(cls))
        return super().__instancecheck__(instance)


def _protocol_members(cls):
    skipped = {"__abstractmethods__", "__annotations__", "__dict__", "__doc__", "__init__", "__module__", "__new__",
               "__slots__", "__subclasshook__", "__weakref__", "__class_getitem__", "__parameters__", "__orig_bases__",
               "__type_params__", "__static_attributes__", "__firstlineno__", "_is_protocol", "_is_runtime_protocol",
               "_abc_impl"}
    members = set()
    for base in cls.__mro__[:-1]:
        if base.__name__ not in ("Protocol", "Generic") and base.__dict__.get("_is_protocol"):
            members |= {name for name in (*base.__dict__, *base.__dict__.get("__annotations__", ()))
                        if name not in skipped and not name.startswith("_abc_")}
    return members


def _no_init(self, *args, **kwargs):
    if type(self).__dict__.get("_is_protocol"):
        raise TypeError("Protocols cannot be instantiated")


class Protocol(Generic, metaclass=_ProtocolMeta):
    """Base class for protocol classes."""

    __slots__ = ()
    _is_protocol = True

    def __init_subclass__(cls, *args, **kwargs):
        super().__init_subclass__(*args, **kwargs)
        if not cls.__dict__.get("_is_protocol", False):
            cls._is_protocol = any(base is Protocol for base in cls.__bases__)
        if cls._is_protocol and cls.__init__ is Protocol.__init__:
            cls.__init__ = _no_init


def runtime_checkable(cls):
    """Mark a protocol class as one for isinstance()."""
    if not getattr(cls, "_is_protocol", False):
        raise TypeError(f"@runtime_checkable can be only applied to protocol classes, got {cls!r}")
    cls._is_runtime_protocol = True
    return cls


def cast(typ, val):
    """Cast a value to a type: the value itself."""
    return val


def _overload_dummy(*args, **kwds):
    raise NotImplementedError(
        "You should not call an overloaded function. A series of @overload-decorated functions outside a stub module "
        "should always be followed by an implementation that is not @overload-ed.")


_overloads = {}


def overload(func):
    """Decorator for overloaded functions."""
    inner = getattr(func, "__func__", func)
    _overloads.setdefault((inner.__module__, inner.__qualname__), []).append(func)
    return _overload_dummy


def get_overloads(func):
    """The overloads of a function."""
    inner = getattr(func, "__func__", func)
    return list(_overloads.get((inner.__module__, inner.__qualname__), ()))


def clear_overloads():
    """Forget all overloads."""
    _overloads.clear()


def _marker(name):
    def decorate(obj):
        try:
            setattr(obj, name, True)
        except (AttributeError, TypeError):
            pass
        return obj

    return decorate


final = _marker("__final__")
override = _marker("__override__")
no_type_check = _marker("__no_type_check__")


def dataclass_transform(**kwargs):
    """Decorator that says that something makes dataclasses."""

    def decorate(obj):
        obj.__dataclass_transform__ = kwargs
        return obj

    return decorate


def assert_type(val, typ, /):
    """The value itself."""
    return val


def assert_never(arg, /):
    """For code that cannot be reached."""
    raise AssertionError(f"Expected code to be unreachable, but got: {arg!r:.100}")


def reveal_type(obj, /):
    """Show the type of a value."""
    print(f"Runtime type is {type(obj).__name__!r}", file=sys.stderr)
    return obj


def get_origin(tp):
    """The type without arguments."""
    if isinstance(tp, _Alias) and tp._name == "Annotated":
        return Annotated
    if isinstance(tp, types.UnionType):
        return types.UnionType
    if isinstance(tp, _Alias | _Plain | GenericAlias | ParamSpecArgs | ParamSpecKwargs):
        return tp.__origin__
    return Generic if tp is Generic else None


def get_args(tp):
    """The arguments of a type."""
    if isinstance(tp, _Alias) and tp._name == "Annotated":
        return (tp.__origin__, *tp.__metadata__)
    if isinstance(tp, _Alias | GenericAlias):
        args = tp.__args__
        if tp.__origin__ is collections.abc.Callable and not (len(args) == 2 and (args[0] is ... or isinstance(args[0], ParamSpec))):
            args = (list(args[:-1]), args[-1])
        return args
    return tp.__args__ if isinstance(tp, types.UnionType) else ()


def get_type_hints(obj, globalns=None, localns=None, include_extras=False):
    """The annotations of an object, strings in them evaluated."""
    if isinstance(obj, type):
        hints = {}
        for base in reversed(obj.__mro__):
            namespace = getattr(sys.modules.get(base.__module__), "__dict__", {}) if globalns is None else globalns
            for name, value in base.__dict__.get("__annotations__", {}).items():
                hints[name] = _resolved(value, namespace, dict(vars(base)) if localns is None else localns)
    else:
        inner = obj
        while hasattr(inner, "__wrapped__"):
            inner = inner.__wrapped__
        namespace = getattr(inner, "__globals__", getattr(obj, "__dict__", {})) if globalns is None else globalns
        hints = {name: _resolved(value, namespace, localns) for name, value in getattr(obj, "__annotations__", {}).items()}
    if include_extras:
        return hints
    return {name: value.__origin__ if isinstance(value, _Alias) and value._name == "Annotated" else value
            for name, value in hints.items()}


def _resolved(value, globalns, localns):
    if value is None:
        return type(None)
    if isinstance(value, str):
        value = ForwardRef(value)
    if isinstance(value, ForwardRef):
        return _resolved(value._evaluate(globalns, localns), globalns, localns)
    if isinstance(value, _Alias | GenericAlias) and any(isinstance(arg, ForwardRef) for arg in value.__args__):
        args = tuple(_resolved(arg, globalns, localns) for arg in value.__args__)
        return GenericAlias(value.__origin__, args) if isinstance(value, GenericAlias) else _Alias(value.__origin__, args, value._name)
    return value


class NewType:
    """A type of its own for the checker, the same value at run time."""

    def __init__(self, name, tp):
        self.__name__ = self.__qualname__ = name
        self.__supertype__ = tp
        self.__module__ = sys._getframe(1).f_globals.get("__name__")

    def __call__(self, x):
        return x

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]

    def __repr__(self):
        return f"{self.__module__}.{self.__qualname__}"


class _NamedTupleMeta(type):
    def __new__(cls, name, bases, namespace):
        fields = namespace.get("__annotations__", {})
        defaults = [field for field in fields if field in namespace]
        for field, after in zip(fields, list(fields)[1:]):
            if field in namespace and after not in namespace:
                raise TypeError(f"Non-default namedtuple field {after} cannot follow default field {field}")
        made = collections.namedtuple(name, list(fields), defaults=[namespace[field] for field in defaults],
                                      module=namespace["__module__"])
        made.__annotations__ = made.__new__.__annotations__ = dict(fields)
        if any(base is Generic for base in bases):
            made.__class_getitem__ = classmethod(GenericAlias)
        for key, value in namespace.items():
            if key not in fields and key not in ("__module__", "__qualname__", "__annotations__"):
                setattr(made, key, value)
        return made


def NamedTuple(typename, fields=(), /):
    """Typed version of namedtuple."""
    made = collections.namedtuple(typename, [name for name, _ in fields], module=sys._getframe(1).f_globals.get("__name__"))
    made.__annotations__ = made.__new__.__annotations__ = dict(fields)
    return made


_NamedTuple = type.__new__(_NamedTupleMeta, "NamedTuple", (), {"__module__": "typing"})
NamedTuple.__mro_entries__ = lambda bases: (_NamedTuple,)


class _TypedDictMeta(type):
    def __new__(cls, name, bases, namespace, total=True):
        made = type.__new__(cls, name, (dict,), namespace)
        annotations, required, optional = {}, set(), set()
        for base in bases:
            annotations |= base.__dict__.get("__annotations__", {})
            required |= base.__dict__.get("__required_keys__", set())
            optional |= base.__dict__.get("__optional_keys__", set())
        for key, value in namespace.get("__annotations__", {}).items():
            annotations[key] = value
            form = get_origin(value)
            (required if form is Required or form is not NotRequired and total else optional).add(key)
        made.__annotations__ = annotations
        made.__required_keys__, made.__optional_keys__ = frozenset(required), frozenset(optional)
        made.__total__ = total
        return made

    def __call__(cls, *args, **kwargs):
        return dict(*args, **kwargs)

    def __instancecheck__(cls, instance):
        raise TypeError("TypedDict does not support instance and class checks")

    __subclasscheck__ = __instancecheck__


def TypedDict(typename, fields={}, /, *, total=True):
    """A dictionary with known keys."""
    namespace = {"__annotations__": dict(fields), "__module__": sys._getframe(1).f_globals.get("__name__")}
    return _TypedDictMeta(typename, (), namespace, total=total)


_TypedDict = type.__new__(_TypedDictMeta, "TypedDict", (), {"__module__": "typing"})
TypedDict.__mro_entries__ = lambda bases: (_TypedDict,)


def is_typeddict(tp):
    """Whether a class is a TypedDict."""
    return isinstance(tp, _TypedDictMeta)


def _supports(name, method):
    def stub(self):
        pass

    namespace = {method: stub, "__module__": "typing", "_is_protocol": True, "_is_runtime_protocol": True}
    return types.new_class(name, (Protocol,), {}, lambda body: body.update(namespace))


SupportsInt = _supports("SupportsInt", "__int__")
SupportsFloat = _supports("SupportsFloat", "__float__")
SupportsComplex = _supports("SupportsComplex", "__complex__")
SupportsBytes = _supports("SupportsBytes", "__bytes__")
SupportsIndex = _supports("SupportsIndex", "__index__")
SupportsAbs = _supports("SupportsAbs", "__abs__")
SupportsRound = _supports("SupportsRound", "__round__")


AnyStr = TypeVar("AnyStr", bytes, str)


class IO(Generic[AnyStr]):
    """Generic base class for files."""


class TextIO(IO[str]):
    """Files of text."""


class BinaryIO(IO[bytes]):
    """Files of bytes."""


__all__ = [name for name in globals() if name[:1] != "_" and name not in ("collections", "sys", "types", "GenericAlias")]
