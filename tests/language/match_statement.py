def m(v):
    match v:
        case 0 | 1:
            return "small"
        case int(n) if n > 100:
            return f"big {n}"
        case int() | float():
            return "number"
        case "a" | "b" as s:
            return f"letter {s}"
        case str():
            return "string"
        case []:
            return "empty"
        case [x]:
            return f"one {x}"
        case [x, y, *rest]:
            return f"many {x} {y} {rest}"
        case {"k": val, **others}:
            return f"map {val} {others}"
        case {}:
            return "mapping"
        case None:
            return "none"
        case _:
            return "other"


for v in (0, 1, 50, 500, 2.5, "a", "zz", [], [1], (1, 2), [1, 2, 3, 4], {"k": 1}, {"k": 1, "z": 2}, {}, None, {1, 2}, True, b"ab"):
    print(repr(v), m(v))


class P:
    __match_args__ = ("x", "y")

    def __init__(self, x, y):
        self.x, self.y = x, y


def p(v):
    match v:
        case P(0, 0):
            return "origin"
        case P(x, y=0):
            return f"on axis {x}"
        case P(x=a, y=b) if a == b:
            return f"diagonal {a}"
        case P():
            return "point"
    return "no match"


print(p(P(0, 0)), p(P(3, 0)), p(P(2, 2)), p(P(1, 2)), p(5))


class Color:
    RED = 1


match 1:
    case Color.RED:
        print("red")
match, case = 1, 2
print(match, case)
match (1, (2, [3, 4])):
    case (a, (b, [c, *d])):
        print(a, b, c, d)
match "x":
    case x:
        print(x)
match -1, 2.5:
    case -1, 2.5:
        print("literals")
try:
    match 5:
        case P(1, 2, 3):
            pass
    match P(1, 2):
        case P(1, 2, 3):
            pass
except TypeError as e:
    print(e)
