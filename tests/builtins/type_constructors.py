print(int(), float(), str(), bytes(), list(), tuple(), dict(), set(), frozenset(), bool(), object() is not None)
print(int("5"), float("2.5"), str(5), bytes(2), list("ab"), tuple("ab"), dict(a=1), set("a"), frozenset("a"), bool("x"), type(5), type("a").__name__)
print(list(dict(a=1, b=2)), dict([["a", 1]]), tuple({1: 2}), list(range(3)), list(map(int, "123")), set([1, 1]), dict(zip("ab", "cd")), list((1, 2)), str([1]), bytes([65]))
for f in (lambda: int([]), lambda: float({}), lambda: list(5), lambda: tuple(None), lambda: dict(5), lambda: set(5), lambda: bool(1, 2), lambda: str(1, 2, 3, 4), lambda: bytes({}) and bytes(1.5), lambda: int(x=5), lambda: list(x=5), lambda: tuple(x=1), lambda: float(x=1), lambda: bool(x=1), lambda: frozenset(x=1), lambda: int(1, base=2), lambda: int(base=2), lambda: str(x=1), lambda: range(1, x=2), lambda: slice(x=1), lambda: type(1, 2)):
    try:
        print(f())
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)


class MyList(list):
    def __init__(self, *a):
        super().__init__(a)


class MyDict(dict):
    pass


class MyStr(str):
    def __new__(cls, v):
        return super().__new__(cls, v * 2)


print(MyList(1, 2, 3), MyDict(a=1), MyStr("ab"), len(MyStr("ab")), type(list(MyList(1))).__name__, MyList(1) == [1], isinstance(MyDict(), dict), MyDict(a=1) == {"a": 1})
m = MyList(1)
m.attr = 5
print(m.attr, m.__dict__, m + [2], type(m + [2]).__name__, type(m.copy()).__name__, type(m[:]).__name__)
