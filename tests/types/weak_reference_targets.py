# What takes weak references, what the error says otherwise, and how references and proxies look.
import collections
import functools
import io
import itertools
import re
import types
import weakref
from array import array


class C:
    pass


class Outer:
    class Inner:
        pass


class Slots:
    __slots__ = ("a",)


class WeakSlots:
    __slots__ = ("a", "__weakref__")


class SubInt(int):
    pass


class SubTuple(tuple):
    pass


class SubStr(str):
    __slots__ = ()


class Mapping(dict):
    def __getattr__(self, name):
        return self[name]


def shown(thing):
    return re.sub("0x[0-9a-f]+", "HERE", repr(thing))


c = C()
values = [
    1, "a", None, (1,), [], {}, object(), Slots(), WeakSlots(), SubInt(3), SubStr("s"), 1.5, b"", slice(1), range(2), type(None), int, len, [].append,
    lambda: 0, iter([]), (i for i in ()), C().__init__, print, property(), staticmethod(len), classmethod(len), weakref.ref(C), zip(), map(len, ()),
    enumerate(()), reversed([]), super(C, c), memoryview(b""), bytearray(), frozenset(), set(), BaseException(), 1j, NotImplemented, ..., re,
    (lambda: 0).__code__, types.SimpleNamespace(), types.MappingProxyType({}), {}.keys(), {}.items(), iter({}), iter("a"), object.__init__, str.join,
    int.real, C.__dict__["__weakref__"], list[int], int | str, functools.partial(len), io.StringIO(), array("i"), itertools.count(), weakref.proxy(c), True,
    collections.deque(), collections.OrderedDict(), collections.Counter(), WeakSlots.a, re.compile("a"),
]
for value in values:
    try:
        print(type(value).__name__, type(weakref.ref(value)).__name__)
    except TypeError as error:
        print(type(value).__name__, error)
try:
    weakref.proxy(1)
except TypeError as error:
    print(error)

inner, deque, mapping = Outer.Inner(), collections.deque(), Mapping(a=1)
for target in (c, inner, C, len, deque, mapping, weakref.WeakSet(), WeakSlots()):
    print(shown(weakref.ref(target)), shown(weakref.proxy(target)) if not callable(target) else "")
dead = weakref.ref(C()), weakref.proxy(C())
print(*map(shown, dead))
for wrong in (lambda: weakref.ref(), lambda: weakref.ref(c, None, 1), lambda: weakref.ref(c, callback=None), lambda: weakref.ref(c)(1), lambda: weakref.ref(c)(a=1),
              lambda: hash(dead[0]), lambda: dead[1].x, lambda: hash(weakref.proxy(c)), lambda: weakref.ref(c) < weakref.ref(c), lambda: weakref.proxy(c)[0]):
    try:
        wrong()
    except (TypeError, ReferenceError) as error:
        print(type(error).__name__, re.sub("0x[0-9a-f]+", "HERE", str(error)))
try:
    class Twice(WeakSlots):
        __slots__ = ("__weakref__",)
except TypeError as error:
    print(error)
try:
    class Tuple(tuple):
        __slots__ = ("__weakref__",)
except TypeError as error:
    print(error)
print(weakref.ref(c) is weakref.ref(c), weakref.proxy(c) is weakref.proxy(c), weakref.ref(c, print) is weakref.ref(c, print))
print(c.__weakref__ is weakref.ref(c), C().__weakref__, weakref.getweakrefcount(c) >= 1)
