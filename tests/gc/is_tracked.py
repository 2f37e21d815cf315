import gc


class C:
    pass


class S:
    __slots__ = ()


class L(list):
    pass


class I(int):
    pass


def f():
    yield 1


n = 5000 + len("")
items = [("int", 1), ("float", 1.5), ("str", "s"), ("bytes", b"b"), ("None", None), ("list", []), ("list1", [1]),
         ("dict", {}), ("dict int", {"a": 1}), ("dict list", {"a": []}), ("const tuple", (1, 2)), ("empty tuple", ()),
         ("set", set()), ("set1", {1}), ("frozenset", frozenset()), ("frozenset1", frozenset([1])), ("function", f),
         ("lambda", lambda: 0), ("class", C), ("instance", C()), ("slots", S()), ("object", object()), ("builtin", len),
         ("method", C().__init__), ("generator", f()), ("range", range(3)), ("slice", slice(1)), ("type", int), ("module", gc),
         ("list subclass", L()), ("int subclass", I(5)), ("property", property()), ("iter", iter([])), ("range iter", iter(range(3))),
         ("exception", ValueError()), ("staticmethod", staticmethod(f)), ("map", map(f, [])), ("zip", zip()), ("enumerate", enumerate([])),
         ("bound builtin", [].append), ("super", super(C, C())), ("dict view", {}.keys()), ("code", f.__code__), ("cell", (lambda: n).__code__),
         ("ellipsis", ...), ("memory of str iter", iter("ab")), ("reversed", reversed([]))]
for name, o in items:
    print(name, gc.is_tracked(o))
