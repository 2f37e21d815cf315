"""`in` and `not in` as values: operands that end there, keys of every kind, and containers that run code."""


class Loud:
    def __init__(self, name):
        self.name = name

    def __hash__(self):
        return 1

    def __eq__(self, other):
        print("eq", self.name, getattr(other, "name", other))
        return self is other

    def __del__(self):
        print("del", self.name)

    def __contains__(self, element):
        print("contains", self.name, element)
        return True


class Text(str):
    def __contains__(self, element):
        return "own"


def check(element, container):
    found = element in container
    missing = element not in container
    assert found is not missing
    return found


def values():
    for container in ({"a": 1, 1: 2, 2.5: 3, None: 4, (1, 2): 5}, {"a", 1, 2.5, None, (1, 2)}, frozenset(["a", 1, 2.5, None])):
        print([check(key, container) for key in ("a", "b", 1, 2, True, 1.0, 2.5, 3.5, None, (1, 2), 10**30, "a" + str(container)[:0])])
    print([check(piece, text) for text in ("hello", "h\xe9llo", "h\u20acllo", "", Text("x")) for piece in ("l", "lo", "\xe9", "\u20ac", "", Text("lo"))])


def temporaries(number):
    table = {"ab": 1, 1001: 2, 1.5: 3}
    for _ in range(3):
        x = "a" + chr(97 + number % 2) in table
        y = number + 1 in table
        z = number / 2 in table
        number = number + 1 not in {number: 0}
        print(x, y, z, number)
        number = 1000 + number
    x = Loud("element") in {Loud("key"): 1}
    print("between", x)
    x = Loud("container")
    x = 5 in x
    print(x)
    x = {"k": Loud("value")}
    x = "k" in x
    print(x)


def errors():
    for element, container in (([], {}), ([], set()), (1, "text"), (1, 2), (None, "text")):
        try:
            x = element in container
        except TypeError as error:
            print(error)
    try:
        x = missing in {}
    except UnboundLocalError as error:
        print(error)
    missing = 1


for _ in range(3):
    values()
temporaries(1000)
errors()

# What the same batch of changes has touched.
print("".zfill(0) == "", "".zfill(1), "-".zfill(1), "+".zfill(3), "-1".zfill(4), "--1".zfill(5), "\xe9".zfill(3), "5".zfill(1), "-\u20ac".zfill(4))
print("a\nb\r\nc\rd\x0be\x0cf\x1cg\x1dh\x1ei\x1fj\n\n".splitlines(), "a\r\n\nb".splitlines(True), "".splitlines(), "\n".splitlines())
print([len(("x\n" * n).splitlines()) for n in (1, 11, 12, 13, 40)], "a\x85b".splitlines())
print([1] + [2, 3], (1,) + (2, 3), () + (1,), [1, 2] * 2, (1, 2) * 2, [0] * -1, 2 * [1], 2 * (1, 2))
for left, right in (([], ()), ((), []), ([], 1), ((), 1)):
    for operation in (lambda: left + right, lambda: left * right, lambda: left - right):
        try:
            print(operation())
        except TypeError as error:
            print(error)
print({1, 2} == {2, 1}, {1, "a"} <= {"a", 1.0, None}, {1.5, (1,)} <= {(1,), 1.5}, {1, 2} < {1, 3, 4})
print(list(zip("ab", [1, 2, 3])), list(zip([1], [2], strict=True)), list(enumerate("ab", 5)), b"a\xc3\xa9".decode(), b"\xff".decode(errors="replace"))
