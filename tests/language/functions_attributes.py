def f(a: int, b: str = "x", *args: tuple, c: float = 1.0, **kw: dict) -> bool:
    """Doc of f."""
    local = 1
    return local


print(f.__name__, f.__qualname__, f.__doc__, f.__module__, f.__defaults__, f.__kwdefaults__)
print(f.__annotations__)
c = f.__code__
print(c.co_name, c.co_argcount, c.co_kwonlyargcount, c.co_posonlyargcount, c.co_varnames, c.co_firstlineno, c.co_nlocals)
f.attr = 5
print(f.attr, f.__dict__, f.__globals__ is globals(), f.__closure__)
f.__name__ = "renamed"
f.__doc__ = None
print(f.__name__, f.__doc__)
try:
    f.__name__ = 5
except TypeError as e:
    print(e)
try:
    f.missing
except AttributeError as e:
    print(e)
lam = lambda x: x
print(lam.__name__, lam.__qualname__, (lambda *a, k=1: 0).__code__.co_varnames)


def outer():
    def inner():
        pass
    return inner


print(outer().__qualname__)
x: int = 5
y: str
print(__annotations__, x)
try:
    y
except NameError as e:
    print(e)


class K:
    a: int = 1
    b: "later"


print(K.__annotations__)
print(len.__name__, len.__module__, print.__self__.__name__, [].append.__name__, [].append.__self__, str.upper.__name__)


def nodoc():
    1
    "not a docstring"


print(nodoc.__doc__, nodoc())
g = f.__get__
print(type(f).__name__, type(len).__name__, type([].append).__name__, type(str.join).__name__, type(K().__init__).__name__)
