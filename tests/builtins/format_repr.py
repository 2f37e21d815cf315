print(format(5, "05"), format("a", ">4"), format(3.14159, ".2f"), format(None), format(True), format([1, 2]), repr("a'b"), ascii("日"), str(b"x"), repr(b"x"))
print(repr([1, "a", None, 2.5, (1,), {"k": [1]}, {1}, frozenset([2]), range(3), slice(1), b"b", ..., int, len, True]))
print(repr(print), repr(int), repr(type), repr(object), repr(str.upper), repr([].append).split(" at")[0], repr(len))


class C:
    def m(self):
        pass


def f():
    pass


print(repr(C), repr(f).split(" at")[0], repr(C.m).split(" at")[0], repr(C().m).split(" at")[0], repr(C()).split(" at")[0], repr(lambda: 0).split(" at")[0])
print(repr(x for x in ()).split(" at")[0], repr(iter([])).split(" at")[0], repr(enumerate([])).split(" at")[0], repr(map(f, ())).split(" at")[0], repr(property()).split(" at")[0], repr(staticmethod(f)).split(" at")[0], repr(classmethod(f)).split(" at")[0], repr(super(C, C())))
print(repr(f.__code__).split(" at")[0], repr(type(f)), repr(ValueError), repr(ValueError("x")), repr(NotImplemented), repr(Ellipsis), repr({}.keys()), repr(type(None)))
import sys
print(repr(sys), repr(str.join), repr(int.__add__), repr((5).__add__).split(" at")[0], repr(int.real), repr(int.from_bytes).split(" at")[0], repr(dict.fromkeys).split(" at")[0], repr(type.__call__))
