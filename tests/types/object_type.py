o = object()
print(type(o), isinstance(o, object), o == o, o == object(), hash(o) == hash(o), bool(o), o.__class__, object.__doc__ is not None, object.__bases__, object.__mro__)
for f in (lambda: object(1), lambda: setattr(o, "x", 1), lambda: o.x, lambda: o(), lambda: o < o, lambda: len(o), lambda: o[0], lambda: o + o, lambda: delattr(o, "x"), lambda: iter(o), lambda: object.x, lambda: setattr(object, "x", 1), lambda: setattr(int, "x", 1), lambda: int(o), lambda: object.__new__(int), lambda: object.__new__(), lambda: object.__new__(5)):
    try:
        print(f())
    except (TypeError, AttributeError) as e:
        print(type(e).__name__, str(e).split(" at 0x")[0])
print(sorted(dir(object)))
print(object.__init__(o), o.__str__ is not None, o.__dir__() == sorted(o.__dir__()) or True, o.__format__("")[:16], o.__eq__(5), o.__ne__(o), o.__sizeof__() > 0, o.__reduce_ex__(2)[0].__name__)
t = type("T", (), {})
print(t, t.__name__, t.__module__, t.__mro__, t.__dict__.keys() >= {"__dict__", "__weakref__"}, type(t.__dict__).__name__, repr(t()).split(" at")[0])
t.x = 5
t.__name__ = "U"
print(t().x, t, t.__qualname__)
try:
    t.__dict__["y"] = 1
except TypeError as e:
    print(e)
for f in (lambda: type(), lambda: type(1, 2), lambda: type("X", 5, {}), lambda: type("X", (), 5), lambda: type(5, (), {}), lambda: type("X", (5,), {}), lambda: type("X\0", (), {}), lambda: setattr(t, "__name__", 5), lambda: setattr(t, "__bases__", ()), lambda: isinstance(1, 5), lambda: issubclass(1, int), lambda: issubclass(int, 5), lambda: isinstance(1, (int, 5)), lambda: isinstance("", (int, 5))):
    try:
        print(f())
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)
print(int.__name__, type.__mro__, type(type), isinstance(type, type), int | str if hasattr(int, "__or__") else 0, isinstance(1, int | str), isinstance(1, (str, (float, int))), list[int], type(list[int]).__name__)
