"""`+` and `*` of sequences whose classes define the methods in Python: an answer NotImplemented is not followed by what the
base would do."""


class List(list):
    def __add__(self, other):
        return NotImplemented

    def __mul__(self, other):
        return NotImplemented


class Text(str):
    def __add__(self, other):
        return NotImplemented if other == "x" else "added " + other


class Pair(tuple):
    def __rmul__(self, other):
        return NotImplemented


class Grower(list):
    def __iadd__(self, other):
        return NotImplemented

    def __imul__(self, other):
        return NotImplemented


class Heir(List):
    pass


class Plain(list):
    pass


class Right:
    def __radd__(self, other):
        return "radd"

    def __rmul__(self, other):
        return "rmul"


def attempt(text, **values):
    try:
        exec(text, values)
        print(text, values.get("r", values.get("a")))
    except Exception as error:
        print(text, type(error).__name__, error)


KINDS = [List([1]), Text("t"), Pair((1, 2)), Grower([3]), Heir([4]), Plain([6]), bytearray(b"7")]
for a in KINDS:
    print(type(a).__name__)
    for b in ([1], "x", "y", (1,), 2, Right(), b"8", a):
        for text in ("r = a + b", "r = b + a", "r = a * b", "r = b * a"):
            attempt(text, a=a, b=b)
for a in KINDS:
    for b in ([9], "x", 2, (3,)):
        copy = type(a)(a)
        attempt("a += b", a=copy, b=b)
        copy = type(a)(a)
        attempt("a *= b", a=copy, b=b)


# The methods come and go.
class Late(list):
    pass


class LateHeir(Late):
    pass


for step in range(3):
    for a in (Late([1]), LateHeir([2])):
        attempt("r = a + [0]", a=a)
        attempt("r = a * 2", a=a)
        attempt("r = 2 * a", a=a)
    if step == 0:
        Late.__add__ = lambda self, other: NotImplemented
        Late.__rmul__ = lambda self, other: NotImplemented
    elif step == 1:
        del Late.__add__, Late.__rmul__
