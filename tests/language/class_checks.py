"""What classes, descriptors and a few builtins refuse, and where they look."""
import types
import warnings
from functools import cmp_to_key


def show(function):
    try:
        print(function())
    except Exception as error:
        print(type(error).__name__, error)


fromkeys = dict.__dict__['fromkeys']
show(lambda: fromkeys.__get__(42))
show(lambda: fromkeys.__get__(None, 42))
show(lambda: fromkeys.__get__(None, int))
show(lambda: fromkeys.__get__(None, None))
show(lambda: fromkeys.__get__(None, dict)('ab'))
show(lambda: type.__abstractmethods__)
show(lambda: type.__type_params__)
show(lambda: float.real.__qualname__)


class Plain:
    pass


def delete():
    del Plain.__abstractmethods__


show(delete)


class Mixed(int):
    __eq__ = str.__eq__
    __add__ = str.__add__


show(lambda: Mixed() == Mixed())
show(lambda: Mixed() + Mixed())


class Attributes(dict):
    __setattr__ = dict.__setitem__
    __neg__ = dict.copy


def set_and_negate():
    x = Attributes()
    x.y = 42
    return x, -x


show(set_and_negate)
show(lambda: type('a\udc80', (), {}))
show(lambda: type('a', (), {'__doc__': 'x\udcdcy'}))
show(lambda: type('A\0B', (), {}))
show(lambda: setattr(Plain, '__name__', 'A\0B'))


def wrong_cell():
    class Wrong:
        __classcell__ = 42


show(wrong_cell)


class OwnDict:
    __dict__ = property(lambda self: {'a': 2})


print(OwnDict().__dict__, vars(OwnDict()))


class Module(types.ModuleType):
    __dict__ = 8


show(lambda: dir(Module('m')))


class Keys(dict):
    def keys(self):
        return list('xyz')


show(lambda: eval('dir()', {}, Keys()))


class Callable:
    def __call__(self, arg):
        return arg


bound = types.MethodType(Callable(), 1)
print(repr(bound), bound.__get__(2, int) is bound)
bound.__func__.__name__ = 'name'
print(bound)
bound.__func__.__qualname__ = 'qualified'
print(bound)


class Words(list):
    def __new__(cls, items, more=None):
        words = super().__new__(cls, items)
        words.more = more
        return words


class Pair(tuple):
    pass


class PairWith(tuple):
    def __init__(self, items, more=None):
        self.more = more


show(lambda: Words('ab', more=3).more)
show(lambda: Pair(sequence=()))
show(lambda: PairWith((1, 2), more=3).more)


class Text(str):
    def __bytes__(self):
        return b'abc'


show(lambda: bytes(Text('x')))
show(lambda: bytes(Text('x'), errors='strict'))

comma = bytearray(b',')


def items():
    yield b'A'
    comma.clear()


show(lambda: comma.join(items()))
print(comma.join([b'A', b'B']))

with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter('always')
    print(bool(NotImplemented), not NotImplemented)
print([str(warning.message) for warning in caught])


def changing(take_out):
    def compare(a, b):
        numbers.append(3)
        take_out(numbers)
        return (a > b) - (a < b)

    numbers = [1, 2]
    show(lambda: numbers.sort(key=cmp_to_key(compare)))
    print(numbers)


def delete_all(numbers):
    del numbers[:]


changing(list.pop)
changing(list.clear)
changing(delete_all)
numbers = [2, 1]
numbers.sort(key=lambda number: numbers.clear() or number)
print(numbers)
