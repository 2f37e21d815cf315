"""Call sites that have met one native function or built-in class and then meet others, or lose the last reference."""
import builtins
import sys


def measure(function, value):
    return function(value)


for function in (len, len, len, len, str, str, str, str, int, int, list, tuple, type, type, len, chr):
    for value in ("12", [1, 2], (), {1: 2}, 65):
        try:
            print(function.__name__, repr(measure(function, value)))
        except (TypeError, ValueError) as error:
            print(type(error).__name__, error)


def size(value):
    return len(value)


print([size("abc") for _ in range(4)])
kept = len
builtins.len = lambda value: "replaced"
print(size("abc"))
del builtins.len
try:
    size("abc")
except NameError as error:
    print(error)
builtins.len = kept
print(size([1]), size("abcd"))


def last(holder):
    return holder.pop()([1, 2, 3])


print([last([len]) for _ in range(4)])
del builtins.len
holder = [kept]
del kept
print(last(holder))
builtins.len = lambda value: value.__len__()


# Bound methods and functions of one table are told apart.
for function in (sys.getrefcount, "abc".upper, "abc".title, str.upper):
    for _ in range(4):
        try:
            result = function("x")
            print(function.__name__, type(result).__name__)
        except TypeError as error:
            print(error)


class Text(str):
    def __str__(self):
        return "own " + str.__str__(self)


class Loud:
    def __str__(self):
        return Text("loud")

    def __int__(self):
        return 3

    def __iter__(self):
        yield from (str(self), int(self))


def make(cls, *args):
    return [cls(*args) for _ in range(2)] + [cls(args[0]) for _ in range(4)]


for cls in (str, int, list, tuple, set, float, bool, Text, type):
    for value in (Loud(), Text("5"), 7, "8"):
        try:
            print(cls.__name__, [sorted(map(str, item)) if isinstance(item, set) else item for item in make(cls, value)][-1])
        except (TypeError, ValueError) as error:
            print(cls.__name__, error)

# Arguments are released, results are new.
shared = object()
before = sys.getrefcount(shared)
for _ in range(10):
    list((shared,)), tuple([shared]), str(shared), id(shared)
print(sys.getrefcount(shared) - before)
print(list is type([]), list(()) is list(()), [str(n) for n in range(9, 12)])
for cls in (int, str, list, dict):
    def site():
        return cls(1, 2, 3, 4)
    for _ in range(3):
        try:
            site()
        except TypeError as error:
            print(error)
