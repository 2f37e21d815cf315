"""Abstract base classes."""

from _abc import _inherit_patterns


def abstractmethod(funcobj):
    """Marks a method that concrete subclasses must define."""
    funcobj.__isabstractmethod__ = True
    return funcobj


class abstractclassmethod(classmethod):
    """A class method that is abstract. Older spelling of both decorators."""

    __isabstractmethod__ = True

    def __init__(self, callable):
        callable.__isabstractmethod__ = True
        super().__init__(callable)


class abstractstaticmethod(staticmethod):
    """A static method that is abstract. Older spelling of both decorators."""

    __isabstractmethod__ = True

    def __init__(self, callable):
        callable.__isabstractmethod__ = True
        super().__init__(callable)


class abstractproperty(property):
    """A property that is abstract. Older spelling of both decorators."""

    __isabstractmethod__ = True


_counter = 0


def get_cache_token():
    """Changes whenever a class is registered with an abstract base."""
    return _counter


def _abstract_names(cls, namespace):
    names = {name for name, value in namespace.items() if getattr(value, "__isabstractmethod__", False)}
    for base in cls.__bases__:
        for name in getattr(base, "__abstractmethods__", ()):
            if getattr(getattr(cls, name, None), "__isabstractmethod__", False):
                names.add(name)
    return frozenset(names)


class ABCMeta(type):
    """The metaclass of abstract base classes.

    A class can be made a virtual subclass by `register`; `isinstance` and `issubclass` then know it.
    """

    def __new__(mcls, name, bases, namespace, /, **kwargs):
        cls = super().__new__(mcls, name, bases, namespace, **kwargs)
        cls.__abstractmethods__ = _abstract_names(cls, namespace)
        # Weak, so that a registry keeps no class alive; made when they are first needed.
        cls._abc_registry = None
        cls._abc_cache = None
        cls._abc_negative_cache = None
        cls._abc_negative_version = _counter
        return cls

    def register(cls, subclass):
        """Make a class a virtual subclass; gives the class, for use as a decorator."""
        global _counter
        if not isinstance(subclass, type):
            raise TypeError("Can only register classes")
        if issubclass(subclass, cls):
            return subclass
        if issubclass(cls, subclass):
            raise RuntimeError("Refusing to create an inheritance cycle")
        if cls._abc_registry is None:
            cls._abc_registry = _WeakClasses()
        cls._abc_registry.add(subclass)
        _inherit_patterns(subclass, cls)
        _counter += 1
        return subclass

    def __instancecheck__(cls, instance):
        subclass = instance.__class__
        cache = cls._abc_cache
        if cache is not None and subclass in cache:
            return True
        kind = type(instance)
        if kind is subclass:
            return cls.__subclasscheck__(subclass)
        return cls.__subclasscheck__(subclass) or cls.__subclasscheck__(kind)

    def __subclasscheck__(cls, subclass):
        if not isinstance(subclass, type):
            raise TypeError("issubclass() arg 1 must be a class")
        cache = cls._abc_cache
        if cache is not None and subclass in cache:
            return True
        negative = cls._abc_negative_cache
        if negative is not None:
            if cls._abc_negative_version < _counter:
                cls._abc_negative_cache = negative = None
            elif subclass in negative:
                return False
        answer = cls.__subclasshook__(subclass)
        if answer is NotImplemented:
            answer = _derives(cls, subclass)
        elif not isinstance(answer, bool):
            raise AssertionError("__subclasshook__ must return either False, True, or NotImplemented")
        if answer:
            if cls._abc_cache is None:
                cls._abc_cache = _WeakClasses()
            cls._abc_cache.add(subclass)
        else:
            if cls._abc_negative_cache is None:
                cls._abc_negative_cache = _WeakClasses()
                cls._abc_negative_version = _counter
            cls._abc_negative_cache.add(subclass)
        return answer

    def _dump_registry(cls, file=None):
        print(f"Class: {cls.__module__}.{cls.__qualname__}", file=file)
        print(f"Inv. counter: {get_cache_token()}", file=file)

    def _abc_registry_clear(cls):
        cls._abc_registry = None

    def _abc_caches_clear(cls):
        cls._abc_cache = cls._abc_negative_cache = None


def _derives(cls, subclass):
    if cls in getattr(subclass, "__mro__", ()):
        return True
    if cls._abc_registry is not None:
        for registered in cls._abc_registry:
            if issubclass(subclass, registered):
                return True
    for derived in type.__subclasses__(cls):
        if issubclass(subclass, derived):
            return True
    return False


class _WeakClasses:
    """Classes that are not kept alive, by identity."""

    __slots__ = ("references", "__weakref__")

    def __init__(self):
        self.references = {}

    def add(self, cls):
        from _weakref import ref

        # The callback does not keep the table alive: it would be part of a cycle.
        def forget(_, key=id(cls), owner=ref(self)):
            classes = owner()
            if classes is not None:
                classes.references.pop(key, None)

        self.references[id(cls)] = ref(cls, forget)

    def __contains__(self, cls):
        return id(cls) in self.references

    def __iter__(self):
        for reference in list(self.references.values()):
            cls = reference()
            if cls is not None:
                yield cls


class ABC(metaclass=ABCMeta):
    """A base to derive from in place of naming the metaclass."""

    __slots__ = ()


def update_abstractmethods(cls):
    """Compute anew which methods of a class are abstract, after it has been changed."""
    if not hasattr(cls, "__abstractmethods__"):
        return cls
    cls.__abstractmethods__ = _abstract_names(cls, cls.__dict__)
    return cls
