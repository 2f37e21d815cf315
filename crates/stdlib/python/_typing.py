"""What the compiler makes of type parameters and `type` statements; the rest of `typing` stands elsewhere."""

import sys
from types import GenericAlias


def _idfunc(x, /):
    return x


class _NoDefaultType:
    """The type of NoDefault: a type parameter has no default."""

    __slots__ = ()

    def __new__(cls):
        return _no_default()

    def __repr__(self):
        return "typing.NoDefault"

    def __reduce__(self):
        return "NoDefault"


def _no_default(made=object.__new__(_NoDefaultType)):
    return made


NoDefault = _no_default()
_NoDefaultType.__name__ = _NoDefaultType.__qualname__ = "NoDefaultType"


def _typing():
    import typing

    return typing


def _caller(depth=2):
    try:
        return sys._getframe(depth).f_globals.get("__name__")
    except ValueError:
        return None


def _union(left, right):
    return _typing().Union[left, right]


class _Parameter:
    """What the kinds of type parameters have in common."""

    __slots__ = ("__name__", "_default", "_evaluate_default", "__weakref__", "__dict__")

    def _set_default(self, default):
        self._default = default
        self._evaluate_default = None

    @property
    def __default__(self):
        if self._default is None and self._evaluate_default is not None:
            self._default = self._evaluate_default()
        return self._default

    def has_default(self):
        """Whether there is a default."""
        return self._evaluate_default is not None or self._default is not NoDefault

    def __or__(self, other):
        return _union(self, other)

    def __ror__(self, other):
        return _union(other, self)

    def __reduce__(self):
        return self.__name__


def _check_name(name, kind):
    if not isinstance(name, str):
        raise TypeError(f"{kind}() argument 'name' must be str, not {type(name).__name__}")


def _sign(self):
    if self.__infer_variance__:
        return ""
    return "+" if self.__covariant__ else "-" if self.__contravariant__ else "~"


def _set_variance(self, covariant, contravariant, infer_variance):
    covariant, contravariant, infer_variance = bool(covariant), bool(contravariant), bool(infer_variance)
    if covariant and contravariant:
        raise ValueError("Bivariant types are not supported.")
    if infer_variance and (covariant or contravariant):
        raise ValueError("Variance cannot be specified with infer_variance.")
    self.__covariant__, self.__contravariant__, self.__infer_variance__ = covariant, contravariant, infer_variance


class TypeVar(_Parameter):
    """Type variable."""

    __slots__ = (
        "_bound", "_evaluate_bound", "_constraints", "_evaluate_constraints", "__covariant__", "__contravariant__",
        "__infer_variance__",
    )

    def __init__(self, name, *constraints, bound=None, default=NoDefault, covariant=False, contravariant=False,
                 infer_variance=False):
        _check_name(name, "typevar")
        _set_variance(self, covariant, contravariant, infer_variance)
        if bound is not None:
            bound = _typing()._type_check(bound, "Bound must be a type.")
        if len(constraints) == 1:
            raise TypeError("A single constraint is not allowed")
        if constraints and bound is not None:
            raise TypeError("Constraints cannot be combined with bound=...")
        if constraints:
            check = _typing()._type_check
            constraints = tuple(check(one, "TypeVar(name, constraint, ...): constraints must be types.")
                                for one in constraints)
        self.__name__ = name
        self._bound, self._evaluate_bound = bound, None
        self._constraints, self._evaluate_constraints = constraints, None
        self._set_default(default)
        self.__module__ = _caller()

    @property
    def __bound__(self):
        if self._bound is None and self._evaluate_bound is not None:
            self._bound = self._evaluate_bound()
        return self._bound

    @property
    def __constraints__(self):
        if self._constraints is None:
            self._constraints = self._evaluate_constraints()
        return self._constraints

    def __typing_subst__(self, arg):
        return _typing()._typevar_subst(self, arg)

    def __typing_prepare_subst__(self, alias, args):
        params = alias.__parameters__
        index = params.index(self)
        if index < len(args):
            return args
        if index == len(args) and self.has_default():
            return (*args, self.__default__)
        raise TypeError(f"Too few arguments for {alias}")

    def __mro_entries__(self, bases):
        raise TypeError("Cannot subclass an instance of TypeVar")

    def __repr__(self):
        return _sign(self) + self.__name__


class ParamSpec(_Parameter):
    """Parameter specification variable."""

    __slots__ = ("__bound__", "__covariant__", "__contravariant__", "__infer_variance__")

    def __init__(self, name, *, bound=None, default=NoDefault, covariant=False, contravariant=False,
                 infer_variance=False):
        _check_name(name, "paramspec")
        _set_variance(self, covariant, contravariant, infer_variance)
        self.__name__ = name
        self.__bound__ = None if bound is None else _typing()._type_check(bound, "Bound must be a type.")
        self._set_default(default)
        self.__module__ = _caller()

    @property
    def args(self):
        """Represents positional arguments."""
        return ParamSpecArgs(self)

    @property
    def kwargs(self):
        """Represents keyword arguments."""
        return ParamSpecKwargs(self)

    def __typing_subst__(self, arg):
        return _typing()._paramspec_subst(self, arg)

    def __typing_prepare_subst__(self, alias, args):
        return _typing()._paramspec_prepare_subst(self, alias, args)

    def __mro_entries__(self, bases):
        raise TypeError("Cannot subclass an instance of ParamSpec")

    def __repr__(self):
        return _sign(self) + self.__name__


class TypeVarTuple(_Parameter):
    """Type variable tuple."""

    __slots__ = ()

    def __init__(self, name, *, default=NoDefault):
        _check_name(name, "typevartuple")
        self.__name__ = name
        self._set_default(default)
        self.__module__ = _caller()

    def __iter__(self):
        yield _typing().Unpack[self]

    def __typing_subst__(self, arg):
        raise TypeError("Substitution of bare TypeVarTuple is not supported")

    def __typing_prepare_subst__(self, alias, args):
        return _typing()._typevartuple_prepare_subst(self, alias, args)

    def __mro_entries__(self, bases):
        raise TypeError("Cannot subclass an instance of TypeVarTuple")

    def __repr__(self):
        return self.__name__

    __or__ = __ror__ = None


class _ParamSpecPart:
    __slots__ = ("__origin__", "__weakref__")

    def __init__(self, origin):
        self.__origin__ = origin

    def __eq__(self, other):
        if type(other) is not type(self):
            return NotImplemented
        return self.__origin__ == other.__origin__

    __hash__ = object.__hash__

    def __mro_entries__(self, bases):
        raise TypeError(f"Cannot subclass an instance of {type(self).__name__}")

    def __repr__(self):
        name = self.__origin__.__name__ if isinstance(self.__origin__, ParamSpec) else repr(self.__origin__)
        return f"{name}.{self._shown}"


class ParamSpecArgs(_ParamSpecPart):
    """The args for a ParamSpec object."""

    __slots__ = ()
    _shown = "args"


class ParamSpecKwargs(_ParamSpecPart):
    """The kwargs for a ParamSpec object."""

    __slots__ = ()
    _shown = "kwargs"


class TypeAliasType:
    """Type alias."""

    __slots__ = ("_name", "_params", "_value", "_evaluate", "__weakref__", "__dict__")

    def __init__(self, name, value, *, type_params=()):
        if not isinstance(name, str):
            raise TypeError(f"typealias() argument 'name' must be str, not {type(name).__name__}")
        if not isinstance(type_params, tuple):
            raise TypeError("type_params must be a tuple")
        self._name, self._params, self._value, self._evaluate = name, type_params, value, None
        self.__module__ = _caller()

    @property
    def __name__(self):
        return self._name

    @property
    def __type_params__(self):
        return self._params

    @property
    def __parameters__(self):
        if not any(isinstance(param, TypeVarTuple) for param in self._params):
            return self._params
        return tuple(item for param in self._params
                     for item in (param if isinstance(param, TypeVarTuple) else (param,)))

    @property
    def __value__(self):
        if self._evaluate is not None:
            self._value = self._evaluate()
            self._evaluate = None
        return self._value

    def __getitem__(self, args):
        if not self._params:
            raise TypeError("Only generic type aliases are subscriptable")
        return GenericAlias(self, args)

    def __or__(self, other):
        return _union(self, other)

    def __ror__(self, other):
        return _union(other, self)

    def __reduce__(self):
        return self._name

    def __repr__(self):
        return self._name


class Generic:
    """Abstract base class for generic types.

    On Python 3.12 and newer, generic classes implicitly inherit from
    Generic when they declare a parameter list after the class's name::

        class Mapping[KT, VT]:
            def __getitem__(self, key: KT) -> VT:
                ...
                # Etc.

    On older versions of Python, however, generic classes have to
    explicitly inherit from Generic.

    After a class has been declared to be generic, it can then be used as
    follows::

        def lookup_name[KT, VT](mapping: Mapping[KT, VT], key: KT, default: VT) -> VT:
            try:
                return mapping[key]
            except KeyError:
                return default
    """

    __slots__ = ()
    _is_protocol = False

    @classmethod
    def __class_getitem__(cls, *args, **kwargs):
        return _typing()._generic_class_getitem(cls, *args, **kwargs)

    @classmethod
    def __init_subclass__(cls, *args, **kwargs):
        return _typing()._generic_init_subclass(cls, *args, **kwargs)


for _class in (TypeVar, ParamSpec, TypeVarTuple, ParamSpecArgs, ParamSpecKwargs, TypeAliasType, Generic):
    _class.__module__ = "typing"
del _class


# The compiler's part: bounds, defaults and values are evaluated when somebody asks.


def _parameter(kind, name):
    made = object.__new__(kind)
    made.__name__ = name
    made._set_default(NoDefault)
    made.__module__ = _caller(3)
    return made


def _make_type_var(name, evaluate_bound=None, evaluate_constraints=None):
    made = _parameter(TypeVar, name)
    made._bound, made._evaluate_bound = None, evaluate_bound
    made._constraints = () if evaluate_constraints is None else None
    made._evaluate_constraints = evaluate_constraints
    made.__covariant__ = made.__contravariant__ = False
    made.__infer_variance__ = True
    return made


def _make_constrained(name, evaluate):
    return _make_type_var(name, None, evaluate)


def _make_param_spec(name):
    made = _parameter(ParamSpec, name)
    made.__bound__ = None
    made.__covariant__ = made.__contravariant__ = False
    made.__infer_variance__ = True
    return made


def _make_type_var_tuple(name):
    return _parameter(TypeVarTuple, name)


def _set_default(parameter, evaluate):
    parameter._default, parameter._evaluate_default = None, evaluate
    return parameter


def _make_alias(name, params, evaluate):
    made = object.__new__(TypeAliasType)
    made._name, made._params = name, () if params is None else params
    made._value, made._evaluate = None, evaluate
    made.__module__ = _caller(3)
    return made


def _subscript_generic(params):
    typing = _typing()
    params = tuple(typing.Unpack[param] if isinstance(param, TypeVarTuple) else param for param in params)
    return typing._GenericAlias(Generic, params)
