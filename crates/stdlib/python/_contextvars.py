"""Context variables."""

from types import GenericAlias

_MISSING = object()


class Context:
    """A mapping of context variables to their values."""

    __slots__ = ("_values", "_entered", "__weakref__")

    def __init__(self):
        self._values = {}
        self._entered = None

    def run(self, callable, /, *args, **kwargs):
        """Call a function with this as the current context."""
        global _current
        if self._entered is not None:
            raise RuntimeError(f"cannot enter context: {self!r} is already entered")
        self._entered, _current = _current, self
        try:
            return callable(*args, **kwargs)
        finally:
            self._entered, _current = None, self._entered

    def copy(self):
        """A context with the same values."""
        made = Context()
        made._values = self._values.copy()
        return made

    def get(self, key, default=None, /):
        """The value of a variable."""
        _check(key)
        return self._values.get(key, default)

    def keys(self):
        """The variables."""
        return self._values.keys()

    def values(self):
        """Their values."""
        return self._values.values()

    def items(self):
        """Pairs of both."""
        return self._values.items()

    def __getitem__(self, key):
        _check(key)
        return self._values[key]

    def __contains__(self, key):
        _check(key)
        return key in self._values

    def __iter__(self):
        return iter(self._values)

    def __len__(self):
        return len(self._values)

    def __eq__(self, other):
        if not isinstance(other, Context):
            return NotImplemented
        return self._values == other._values

    __hash__ = None


def _check(key):
    if not isinstance(key, ContextVar):
        raise TypeError(f"a ContextVar key was expected, got {key!r}")


_current = Context()


def copy_context():
    """A copy of the current context."""
    return _current.copy()


class ContextVar:
    """A variable whose value depends on the context."""

    __slots__ = ("_name", "_default", "__weakref__")
    __class_getitem__ = classmethod(GenericAlias)

    def __init__(self, name, *, default=_MISSING):
        if not isinstance(name, str):
            raise TypeError("context variable name must be a str")
        self._name = name
        self._default = default

    @property
    def name(self):
        return self._name

    def get(self, default=_MISSING, /):
        """The value in the current context."""
        value = _current._values.get(self, _MISSING)
        if value is _MISSING:
            value = default if default is not _MISSING else self._default
            if value is _MISSING:
                raise LookupError(self)
        return value

    def set(self, value, /):
        """Set the value in the current context; gives a token to undo it."""
        token = Token(_KEY, _current, self, _current._values.get(self, Token.MISSING))
        _current._values[self] = value
        return token

    def reset(self, token, /):
        """Undo a setting."""
        if not isinstance(token, Token):
            raise TypeError(f"expected an instance of Token, got {token!r}")
        if token._used:
            raise RuntimeError(f"{token!r} has already been used once")
        if token._var is not self:
            raise ValueError(f"{token!r} was created by a different ContextVar")
        if token._context is not _current:
            raise ValueError(f"{token!r} was created in a different Context")
        token._used = True
        if token._old is Token.MISSING:
            _current._values.pop(self, None)
        else:
            _current._values[self] = token._old

    def __repr__(self):
        default = "" if self._default is _MISSING else f" default={self._default!r}"
        return f"<ContextVar name={self._name!r}{default} at {id(self):#x}>"


class _Missing:
    def __repr__(self):
        return "<Token.MISSING>"


_KEY = object()


class Token:
    """What `set` gives: the value before."""

    __slots__ = ("_context", "_var", "_old", "_used")
    __class_getitem__ = classmethod(GenericAlias)
    MISSING = _Missing()

    def __init__(self, key=None, context=None, var=None, old=None):
        if key is not _KEY:
            raise RuntimeError("Tokens can only be created by ContextVars")
        self._context, self._var, self._old, self._used = context, var, old, False

    @property
    def var(self):
        return self._var

    @property
    def old_value(self):
        return self._old

    def __repr__(self):
        used = " used" if self._used else ""
        return f"<Token{used} var={self._var!r} at {id(self):#x}>"

    __hash__ = None


for _class in (Context, ContextVar, Token):
    _class.__module__ = "_contextvars"
del _class, _Missing
