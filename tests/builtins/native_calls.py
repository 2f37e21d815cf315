"""Calls of native functions, methods and classes from one place: what is released when, and what may change there."""

import math
import sys

log = []


class Noisy:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        log.append(self.name)

    def __bool__(self):
        log.append("bool " + self.name)
        return True

    def __len__(self):
        return 3

    def __iter__(self):
        return iter((1, 2))

    def __hash__(self):
        return 7

    def __eq__(self, other):
        log.append("eq " + self.name)
        return isinstance(other, Noisy)

    def __index__(self):
        return 4


def show(what):
    print(what, log)
    log.clear()


# Arguments that die with the call, in order, before the result goes where it belongs.
d = {}
for turn in range(3):
    result = Noisy("old")
    result = callable(Noisy("argument"))
    show("function")
    result = d.get(Noisy("key"), Noisy("default"))
    show("method")
    result = divmod(7, Noisy("second").__index__())
    show("two")
    result = bool(Noisy("truth"))
    show("class")
    result = list(Noisy("items"))
    show("list")
    result = math.floor(2.5 + turn)
    print(result)

# Exceptions from each form, at one place.
for argument in (1, "x", 2, None, 3):
    try:
        print(abs(argument))
    except TypeError as error:
        print(error)
    try:
        print(float(argument))
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
    try:
        print(math.sqrt(argument))
    except TypeError as error:
        print(error)
    try:
        print("abc".find(argument))
    except TypeError as error:
        print(error)
    try:
        print("abcb".count("b", argument))
    except TypeError as error:
        print(error)
    try:
        print(int("12", argument))
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)

# Wrong numbers of arguments at places that have seen right ones.
for arguments in ((1,), (), (1, 2), (1,)):
    for function in (abs, callable, tuple, list, dict, set, float, bool):
        try:
            print(function.__name__, function(*arguments))
        except TypeError as error:
            print(error)


# The function behind a name changes.
def sqrt(value):
    return "mine", value


real = math.sqrt
for turn in range(6):
    if turn == 3:
        math.sqrt = sqrt
    if turn == 4:
        math.sqrt = math.fabs
    print(math.sqrt(4.0))
math.sqrt = real


def through(function, *values):
    out = []
    for value in values:
        out.append(function(value))
    return out


print(through(len, "ab", [1], {}, (1, 2, 3)))
print(through(abs, -1, -2.5, True))
print(through(sqrt, 1, 2))
print(through(str, 1, 2.5, None, "x"))
print(through(tuple, "ab", [1], {1: 2}))


def own(function, receiver, values):
    return [function(receiver, value) for value in values]


print(own(str.startswith, "abc", ["a", "b", ("x", "a")]))
for receiver in ("abc", [1, 2, 1], (1, 1), b"aab", "xa", [3]):
    argument = receiver[0]
    if isinstance(receiver, bytes):
        argument = b"a"
    print(receiver.count(argument), receiver.index(argument))

# Counts of what takes part.
marker = object()
for turn in range(3):
    print(sys.getrefcount(marker), sys.getrefcount(sys.getrefcount) - base if turn else "base")
    base = sys.getrefcount(sys.getrefcount)

# Classes without arguments and with one give new objects.
made = [list() for _ in range(3)] + [list((1,)) for _ in range(2)]
made[0].append("x")
print(made, dict() is dict(), set(), tuple() is tuple(), int(), float(), str() == "", bool())
print(tuple(made[3]), tuple((1, 2)), list("ab"), dict([(1, 2)]), set("aa"), int("7"), int(7.9), str(b"x"))


class Sub(list):
    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.given = len(arguments)


for class_ in (list, Sub, list, Sub):
    print(class_((1, 2)), getattr(class_(), "given", None))


# isinstance with tuples and unions, also where a class decides.
class Meta(type):
    def __instancecheck__(cls, instance):
        return instance == "special"


class Special(metaclass=Meta):
    pass


class Claims:
    @property
    def __class__(self):
        return int


for value in (1, "a", None, [], "special", Claims()):
    print(isinstance(value, (int, str)), isinstance(value, (float, (list, type(None)))), isinstance(value, int | None),
          isinstance(value, (bytes, Special)), isinstance(value, int))
try:
    isinstance(1, (str, "no class"))
except TypeError as error:
    print(error)
print(issubclass(bool, (str, int)), issubclass(bool, str | int), issubclass(int, (str, (bytes,))))


# getattr and hasattr by shape.
class Thing:
    shared = "of the class"

    def method(self):
        return "called"

    @property
    def computed(self):
        log.append("computed")
        return 1

    def __getattr__(self, name):
        if name == "virtual":
            return "made up"
        raise AttributeError(name)


things = [Thing() for _ in range(3)]
things[1].own = "own"
things[2].shared = "of the instance"
for turn in range(3):
    if turn == 1:
        del things[1].own
        Thing.shared = "changed"
    if turn == 2:
        Thing.own = property(lambda self: "property")
        things[0].method = lambda: "replaced"
    for thing in things:
        print([getattr(thing, name, "-") for name in ("own", "shared", "computed", "virtual", "nothing")],
              [hasattr(thing, name) for name in ("own", "shared", "computed", "virtual", "nothing")],
              getattr(thing, "method")(), getattr(thing, "sha" + "red"))
show("getters")


# Keywords, right and wrong ones, at one place.
def best(function, values, **named):
    out = []
    for value in values:
        try:
            out.append(function(value, default="none"))
        except (TypeError, ValueError) as error:
            out.append(f"{type(error).__name__}: {error}")
    return out


def mine(value, default):
    return value, default


for function in (max, min, mine, max, sorted, sum, len, dict, max):
    print(function.__name__, best(function, [[1, 3, 2], (), "ab", {}, 5]))
for turn in range(4):
    print(turn, "x", sep="-", end=";\n")
    print(sorted([Noisy("k")], key=lambda each: log.append("key " + each.name)) and log)
    log.clear()
    try:
        print(1, sap="")
    except TypeError as error:
        print(error)
