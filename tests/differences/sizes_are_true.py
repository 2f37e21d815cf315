# expect: own
# sys.getsizeof tells the bytes that the heap holds for an object: a thousand of a kind take a thousand times as much.
import array, collections, contextvars, functools, heap, io, itertools, operator, sys, tracemalloc, types, weakref


class Plain:
    def __init__(self):
        self.a, self.b = 1, 2


class Slots:
    __slots__ = ("a", "b")


class Target:
    def method(self):
        pass


class SubDict(dict):
    pass


class SubList(list):
    pass


def function():
    yield


async def agen():
    yield


def grown(n):
    items = []
    for i in range(n):
        items.append(None)
    return items


target = Target()
keys = [str(i) for i in range(100)]
data = b"x" * 100
one = 1.5
three = [1, 2, 3]
makers = {
    "int": lambda: 10 ** 9 + len(keys), "float": lambda: one * 3, "complex": lambda: complex(one, 2),
    "str": lambda: "abc" * len(keys), "latin": lambda: "é" * len(keys), "two bytes": lambda: "日" * len(keys), "four bytes": lambda: "😀" * len(keys),
    "long str": lambda: "abc" * 10 * len(keys), "bytes": lambda: data + b"y", "long bytes": lambda: data * 10, "bytearray": lambda: bytearray(data),
    "empty bytearray": lambda: bytearray(), "memoryview": lambda: memoryview(data), "tuple": lambda: (one, target), "list": lambda: [], "list of 3": lambda: [1, 2, 3],
    "list that grew": lambda: grown(50), "long list": lambda: [None] * 1000, "dict": lambda: {}, "dict of 1": lambda: {"a": 1},
    "dict of 2": lambda: {"a": 1, "b": 2}, "dict of 5": lambda: {"a": 1, "b": 2, "c": 3, "d": 4, "e": 5}, "dict of ints": lambda: {1: 1, 2: 2, 3: 3},
    "dict that grew": lambda: dict.fromkeys(keys[:2]), "dict that grew more": lambda: dict.fromkeys(keys[:4]), "dict of both": lambda: dict.fromkeys(["a", 1, "b", 2]),
    "copy of a dict": lambda: keys_of_4.copy(), "keywords": lambda: dict(a=1, b=2, c=3), "dict of 100": lambda: dict.fromkeys(keys), "set": lambda: set(), "set of 1": lambda: {1}, "set of 3": lambda: {1, 2, 3}, "set of 4": lambda: {1, 2, 3, 4},
    "set that grew": lambda: set(iter(keys[:2])), "copy of a set": lambda: {1, 2, 3} & {1, 2}, "set of 5": lambda: {1, 2, 3, 4, 5}, "set of 100": lambda: set(keys),
    "frozenset": lambda: frozenset(three), "range": lambda: range(len(keys)), "slice": lambda: slice(len(keys)), "object": object,
    "instance": Plain, "slots": Slots, "subclass of dict": SubDict, "subclass of list": SubList,
    "bound method": lambda: target.method, "builtin method": lambda: three.append, "property": lambda: property(),
    "classmethod": lambda: classmethod(len), "staticmethod": lambda: staticmethod(len), "function": lambda: (lambda: None),
    "generator": function, "async generator": agen, "weak reference": lambda: weakref.ref(target, print), "proxy": lambda: weakref.proxy(target, print),
    "mapping proxy": lambda: types.MappingProxyType(keys_of), "dict keys": lambda: keys_of.keys(), "dict iterator": lambda: iter(keys_of),
    "list iterator": lambda: iter(three), "tuple iterator": lambda: iter((1,)), "str iterator": lambda: iter("abc"), "bytes iterator": lambda: iter(data),
    "range iterator": lambda: iter(range(3)), "set iterator": lambda: iter({1}), "enumerate": lambda: enumerate(three), "zip": lambda: zip(), "map": lambda: map(len, three),
    "filter": lambda: filter(None, three), "reversed": lambda: reversed(three), "super": lambda: super(Target, target),
    "array": lambda: array.array("i", three), "deque": lambda: collections.deque(), "deque of 100": lambda: collections.deque(keys), "deque of 1000": lambda: collections.deque(keys * 10),
    "SimpleNamespace": lambda: types.SimpleNamespace(), "partial": lambda: functools.partial(len),
    "count": lambda: itertools.count(), "repeat": lambda: itertools.repeat(1), "islice": lambda: itertools.islice(three, 1), "itemgetter": lambda: operator.itemgetter(1),
    "attrgetter": lambda: operator.attrgetter("a"), "generic alias": lambda: list[int], "union": lambda: int | Target, "StringIO": lambda: io.StringIO(), "BytesIO": lambda: io.BytesIO(),
    "exception": lambda: ValueError(), "OSError": lambda: OSError(), "module": lambda: types.ModuleType("m"), "cell": lambda: types.CellType(), "ContextVar": lambda: contextvars.ContextVar("v"),
}
keys_of = dict.fromkeys(keys)
keys_of_4 = dict.fromkeys(keys[:4])
COUNT = 1000
wrong = 0
for name, make in makers.items():
    made = [None] * COUNT
    make()
    tracemalloc.start()
    for place in range(COUNT):
        made[place] = make()
    held = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    size = sys.getsizeof(made[0])
    # What it has made for itself, such as its dictionary, is told of that.
    whole = heap.sizeof(made[0]).retained
    if not size <= whole <= held / COUNT <= whole + 32:
        wrong += 1
        print(f"{name}: {size} bytes are told, {whole} with its parts, {held / COUNT} held")
    made = None
print(f"{len(makers)} kinds, {wrong} wrong")
