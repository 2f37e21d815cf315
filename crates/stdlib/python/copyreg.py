"""How objects are made again when they are copied or unpickled."""

__all__ = ['pickle', 'constructor', 'add_extension', 'remove_extension', 'clear_extension_cache']

dispatch_table = {}


def pickle(ob_type, pickle_function, constructor_ob=None):
    """Have the instances of a type reduced by a function."""
    if not callable(pickle_function):
        raise TypeError('reduction functions must be callable')
    dispatch_table[ob_type] = pickle_function
    if constructor_ob is not None:
        constructor(constructor_ob)


def constructor(object):
    """Say that an object may make others when they are unpickled."""
    if not callable(object):
        raise TypeError('constructors must be callable')


def __newobj__(cls, *args):
    """Makes an instance without `__init__`."""
    return cls.__new__(cls, *args)


def __newobj_ex__(cls, args, kwargs):
    """The same with keyword arguments, for classes whose `__new__` takes some."""
    return cls.__new__(cls, *args, **kwargs)


def _reconstructor(cls, base, state):
    """Makes an instance of a class by way of the base that keeps its value."""
    if base is object:
        return object.__new__(cls)
    made = base.__new__(cls, state)
    if base.__init__ is not object.__init__:
        base.__init__(made, state)
    return made


_extension_registry = {}
_inverted_registry = {}
_extension_cache = {}


def add_extension(module, name, code):
    """Give a global a number that stands for it in pickles."""
    code = int(code)
    if not 0 < code < 1 << 31:
        raise ValueError('code out of range')
    key = module, name
    known_code, known_key = _extension_registry.get(key), _inverted_registry.get(code)
    if known_code == code and known_key == key:
        return
    if key in _extension_registry:
        raise ValueError(f'key {key} is already registered with code {known_code}')
    if code in _inverted_registry:
        raise ValueError(f'code {code} is already in use for key {known_key}')
    _extension_registry[key], _inverted_registry[code] = code, key


def remove_extension(module, name, code):
    """Take the number of a global back."""
    key = module, name
    if (_extension_registry.get(key), _inverted_registry.get(code)) != (code, key):
        raise ValueError(f'key {key} is not registered with code {code}')
    del _extension_registry[key], _inverted_registry[code]
    _extension_cache.pop(code, None)


def clear_extension_cache():
    _extension_cache.clear()
