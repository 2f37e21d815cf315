"""Python functions that native code calls: keys, mapped functions, special methods; what they may do to themselves."""

import functools
import sys
import traceback


def key(value):
    return -value


print(sorted([3, 1, 2], key=key), min([3, 1, 2], key=key), max([3, 1, 2], key=key))
print(list(map(key, [1, 2, 3])), functools.reduce(lambda a, b: a * 10 + b, [1, 2, 3]))
print(sorted([3, 1, 2], key=lambda value, sign=-1: sign * value))
print(sorted("bca", key=str.upper), sorted([[2], [1, 1]], key=len))
print(list(map(lambda *values: values, [1, 2])), list(map(lambda a, b=5: (a, b), [1, 2])))


# Functions that change themselves in the middle.
def other(value):
    return value * 100


def turncoat(value):
    if value == 2:
        turncoat.__code__ = other.__code__
    return value


print(list(map(turncoat, [1, 2, 3])))


def grows(value):
    grows.__code__ = (lambda value, more=7: (value, more)).__code__
    return value


try:
    print(sorted([2, 1], key=grows))
except TypeError as error:
    print(error)
grows.__defaults__ = (8,)
print(grows(1))


def frames(value):
    frame = sys._getframe()
    return frame.f_code.co_name, frame.f_back.f_code.co_name, value


def ask():
    return sorted([2, 1], key=frames)


print(ask(), list(map(frames, "ab")), min([1], key=frames))


def fails(value):
    if value > 1:
        raise ValueError(value)
    return value


for call in (lambda: sorted([1, 2, 3], key=fails), lambda: list(map(fails, [1, 2, 3])),
             lambda: max([1, 2], key=fails), lambda: functools.reduce(lambda a, b: fails(b), [0, 1, 2])):
    try:
        call()
    except ValueError:
        print(traceback.format_exc().splitlines()[-1], len(traceback.extract_tb(sys.exc_info()[2])))


def stops(value):
    if value == 2:
        raise StopIteration("early")
    return value


print(list(map(stops, [1, 2, 3])), tuple(map(stops, (1, 1))), sum(map(stops, [1, 1, 2, 5])))


def generates(value):
    yield value


print([list(made) for made in map(generates, [1, 2])])


# Native calls in native calls, and recursion through them.
def nested(value):
    return sorted(range(value), key=lambda item: (item % 2, sum(map(key, range(item)))))


print(list(map(nested, [1, 3, 5])))


def deep(value):
    return max([value], key=deep)


try:
    deep(1)
except RecursionError as error:
    print(error)


def limits(value):
    sys.setrecursionlimit(1000 + value)
    return value


print(sorted([3, 2, 1], key=limits))
sys.setrecursionlimit(1000)

# What a function lets go dies at once, and the arguments are counted as elsewhere.
log = []


class Noisy:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        log.append(self.name)


def wraps(value):
    inner = Noisy("inner of " + value.name)
    return sys.getrefcount(value), len(log)


print(list(map(wraps, [Noisy("a"), Noisy("b")])), log)
log.clear()
print(sorted([Noisy("x"), Noisy("y")], key=wraps) and log)
log.clear()
print(list(map(wraps, (Noisy(name) for name in "pq"))), log)


def replaced(value):
    global replaced
    replaced = None
    return value


print(list(map(replaced, [1, 2, 3])))


# Special methods that native code and the loop call.
class Container:
    def __init__(self, items):
        self.items = items

    def __len__(self):
        return len(self.items)

    def __getitem__(self, place):
        if place == -1:
            return sys._getframe().f_back.f_code.co_name
        return self.items[place]

    def __contains__(self, item):
        return item in self.items

    def __eq__(self, other):
        return NotImplemented

    def __hash__(self):
        return len(self.items)


class Other(Container):
    def __len__(self):
        return -1

    def __getitem__(self, place, scale=2):
        return place * scale


def look(container):
    try:
        print(len(container), end=" ")
    except ValueError as error:
        print(error, end=" ")
    print(container[1], container[-1], 2 in container, container == container, hash(container), bool(container.items))


for container in (Container([1, 2]), Other([4]), Container((2, 3)), Other({2}), Container("ab")):
    try:
        look(container)
    except TypeError as error:
        print(error)


def items(*containers):
    for container in containers:
        try:
            yield container[0]
        except (KeyError, IndexError, TypeError) as error:
            yield type(error).__name__


class Broken:
    def __getitem__(self, place):
        raise KeyError(place)


class Late:
    pass


Late.__getitem__ = lambda self, place: "late"
print(list(items([1], Container([5]), {0: "d"}, Broken(), Broken(), Late(), Other([]), (7,), 3, Container([]))))
Late.__getitem__ = lambda self, place: "changed"
print(list(items(Late(), Late())))
