"""Calls of bound methods, native and of Python, of instances, of what modules and classes have: counts, ends, changes."""

import random
import string
import sys
import textwrap

log = []


class Noisy:
    def __init__(self, name="?"):
        self.name = name

    def __del__(self):
        log.append("end " + self.name)

    def method(self, value):
        return self.name, value

    def none(self):
        return sys.getrefcount(self)

    def more(self, a, b=2, *rest, **named):
        return a, b, rest, named

    def __call__(self, value=None):
        return self.name, value

    def sized(self):
        return len(log)


# Native methods bound to their receivers.
items = []
append, extend, pop, index, insert = items.append, items.extend, items.pop, items.index, items.insert
for turn in range(4):
    append(turn)
    append(Noisy("item"))
    extend((5, 6))
    insert(0, "first")
    print(index(turn), pop(), pop(), type(pop()).__name__, len(items))
    print(log)
    log.clear()
get, upper, join = {"a": 1}.get, "text".upper, "-".join
print([(get(key), get(key, "none"), upper(), join([key, key])) for key in "ab"])


def through(function, arguments):
    out = []
    for argument in arguments:
        try:
            out.append(function(argument))
        except (TypeError, ValueError, KeyError, AttributeError) as error:
            out.append(f"{type(error).__name__}: {error}")
    return out


noisy = Noisy("n")
for function in (abs, items.count, noisy.method, noisy, "abc".find, lambda value: value, Noisy.method, [].append,
                 {1: 2}.pop, str, noisy.more, noisy.none, int.from_bytes, "a".join, len):
    print(through(function, [1, "b", 2]))
for function in (noisy.method, [3, 1].index, noisy.method, [1, 2].index):
    print(through(function, (1, 2)))

# A bound method that is the last holder of its receiver, and one that replaces itself meanwhile.
for turn in range(3):
    bound = Noisy("alone").method
    print(bound(turn), log)
    bound = None
    print(log)
    log.clear()
    print(Noisy("temporary").method(turn), log)
    log.clear()


class Switch:
    def __init__(self):
        self.act = self.first

    def first(self, value):
        self.act = self.second
        return "first", value

    def second(self, value):
        self.act = [value].count
        return "second", value


for switch in (Switch(), Switch()):
    act = None
    for value in range(4):
        act = switch.act
        print(act(value))

# Counts: a bound method holds its receiver, a call adds one reference.
holder = Noisy("held")
count = holder.none
for turn in range(3):
    print(count() - sys.getrefcount(holder), sys.getrefcount(count))


# Instances with __call__, and classes that change theirs.
class Other:
    def __call__(self, a, *rest, key=None):
        return a, rest, key


class Generates:
    def __call__(self, value):
        yield value


class Delegates:
    __call__ = print


for callable_ in (noisy, Other(), noisy, Other(), Generates(), Delegates(), noisy):
    result = callable_(1)
    print(list(result) if isinstance(callable_, Generates) else result)
for turn in range(4):
    if turn == 2:
        Noisy.__call__ = lambda self, value: "changed"
    print(noisy(turn), Other()(turn, turn), Other()(turn, key=turn))
try:
    noisy(1, 2)
except TypeError as error:
    print(error)


class Deep:
    def __call__(self, depth):
        return self(depth - 1) if depth else "bottom"

    def method(self, depth):
        method = self.method
        return method(depth - 1) if depth else "bottom"

    @staticmethod
    def alone(depth):
        return Deep.alone(depth - 1) if depth else "bottom"

    def plain(depth):
        return Deep.plain(depth - 1) if depth else "bottom"


deep = Deep()
for function in (deep, deep.method, Deep.alone, Deep.plain):
    print(function(100))
    try:
        function(100000)
    except RecursionError as error:
        print(error)

# Functions of modules, Python's and bound ones.
random.seed(5)
print([random.random() for _ in range(3)] == [random.Random(5).random()] + [random.random() for _ in range(2)] or "drawn")
random.seed(5)
print([round(random.random(), 6) for _ in range(3)])
for turn in range(4):
    if turn == 2:
        textwrap.dedent = lambda text: "mine " + text
    print(textwrap.dedent("  a"), string.capwords("a b"), random.getrandbits(0) if turn < 1 else 0)
try:
    string.capwords()
except TypeError as error:
    print(error)
