"""Attributes that descriptors of built-in kinds compute, read at one place, while classes change; optional arguments."""

import collections

Pair = collections.namedtuple("Pair", "x y")


class Marked(Pair):
    @property
    def total(self):
        return self.x + self.y


class Named:
    def __init__(self, value):
        self.value = value


def read(objects):
    out = []
    for each in objects:
        try:
            out.append(each.x)
        except AttributeError as error:
            out.append(str(error))
    return out


class Own:
    x = "class"


pair, marked = Pair(1, 2), Marked(3, 4)
own = Own()
print(read([pair, pair, marked, own, pair, Named(1), marked, pair, own]))
Marked.x = 7
print(read([pair, marked, pair, marked]))
Marked.x = property(lambda self: "computed")
print(read([pair, marked, marked]))
del Marked.x
Pair.x = Pair.y
print(read([pair, marked, marked]))
del Pair.x
print(read([pair, marked]))
print(marked.total if hasattr(marked, "x") else "no x", pair.y, marked.y)


def parts(numbers):
    return [(each.real, each.imag, each.__class__.__name__) for each in numbers]


print(parts([1, 2.5, True, 3 + 4j, 2**70, 1, 2]))


def classes(objects):
    return [each.__class__ for each in objects]


class Pretends:
    @property
    def __class__(self):
        return int


class Slots:
    __slots__ = ("a", "__dict__")


slots = Slots()
slots.a, slots.b = 1, 2
print(classes([1, Named(1), "a", Pretends(), Named, None, slots, Named(2)]))
print([each.__dict__ for each in (Named(1), slots, Named(2), slots)])
named = Named(1)
for turn in range(3):
    named.__dict__["more"] = turn
    print(named.more, named.__dict__, named.__class__ is Named)
    if turn == 1:
        named.__class__ = Own
        print(named.x, named.value)
        named.__class__ = Named
    if turn == 2:
        named.__dict__ = {"new": 1}
        print(named.new, hasattr(named, "value"))


def arguments(errors):
    return [(error.args, error.__traceback__, error.__cause__) for error in errors]


print(arguments([ValueError(1), KeyError("k", 2), ValueError(), OSError(2, "no")]))


def functions(each):
    return each.__name__, each.__qualname__, each.__module__


print([functions(each) for each in (read, functions, parts, len)])


class Ends:
    def __del__(self):
        print("ended")


for turn in range(3):
    print(Ends().__class__.__name__)
    print(Pair(Ends(), turn).y)

# Methods with optional parameters, one place each.
for text, old, new in (("banana", "a", "o"), ("banana", "an", ""), ("", "a", "b"), ("bänana", "ä", "a"), (b"ab", b"a", b"c")):
    print(text.replace(old, new), text.split(old), text.rsplit(old, 1), text.splitlines())
for arguments in (("a",), (None,), (), (1,), (None, 1), ("a", 1), ("a", "b"), ("a", 1, 2)):
    try:
        print("banana nana".split(*arguments))
    except TypeError as error:
        print(error)


def split(text, separator):
    return text.split(separator)


for text, separator in (("a b", None), ("a,b", ","), ("a b", 3), (b"a b", b" "), (b"a b", " "), ("x", "")):
    try:
        print(split(text, separator))
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)


def encode(text, *names):
    return [text.encode(), text.encode("utf-8"), text.encode("ascii", "replace")]


print(encode("a"), encode("ä"))
for value in (1, 255, 256, -1):
    try:
        print(value.to_bytes(), value.to_bytes(1), value.to_bytes(1, "little"))
    except OverflowError as error:
        print(error)
for number in (2.5, 3, 3.7, "a", True):
    try:
        print(round(number), sum([number]), sum((1, 2)))
    except TypeError as error:
        print(error)
lists = [[3, 1, 2], ["b", "a"], [], [1, "a"]]
for each in lists:
    try:
        each.sort()
    except TypeError as error:
        print(error)
print(lists)
