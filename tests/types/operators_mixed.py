"""Sites that meet operands of many built-in types, subclasses and classes with reflected methods."""


class Sub(int):
    def __radd__(self, other):
        return ("radd", other)

    def __rmod__(self, other):
        return ("rmod", other)


class L(list):
    def __add__(self, other):
        return ("L.add", list(other))

    def __radd__(self, other):
        return ("L.radd", other)

    def __eq__(self, other):
        return "L.eq"


class R:
    def __radd__(self, other):
        return "R.radd"

    def __rmul__(self, other):
        return "R.rmul"

    def __ror__(self, other):
        return "R.ror"

    def __eq__(self, other):
        return "R.eq"

    def __gt__(self, other):
        return "R.gt"


def attempt(work, *args):
    try:
        made = work(*args)
        return f"{type(made).__name__} {sorted(map(repr, made))}" if isinstance(made, (set, frozenset)) else repr(made)
    except Exception as e:
        return f"{type(e).__name__}: {e}"


def add(a, b): return a + b
def mul(a, b): return a * b
def mod(a, b): return a % b
def floor(a, b): return a // b
def union(a, b): return a | b
def less(a, b): return a < b
def same(a, b): return a == b
def differ(a, b): return a != b


def judge(a, b):
    if a == b:
        return "equal"
    if a < b:
        return "less"
    return "neither"


def inplace_add(a, b):
    a += b
    return a


def inplace_mul(a, b):
    a *= b
    return a


def inplace_or(a, b):
    a |= b
    return a


def fresh():
    big = 3 ** 100
    return [
        1, True, 2.5, big, None, "a%s", b"%d", bytearray(b"z"), [1, 2], (3,), {1: 2}, {1, 2}, frozenset([2]), Sub(7), L([9]),
        R(), {"k": 1}.keys(),
    ]


works = [add, mul, mod, floor, union, less, same, differ, judge, inplace_add, inplace_mul, inplace_or]
total = 0
for work in works:
    for place in range(len(fresh())):
        line = []
        for other in range(len(fresh())):
            for _ in range(2):
                text = attempt(work, fresh()[place], fresh()[other])
            line.append(text.split(" at 0x")[0].removeprefix("TypeError: ")[:20])
        print(work.__name__, place, *line, sep="; ")

# One site for each pair.
for a in fresh():
    for b in fresh():
        code = compile("x + y, x == y", "site", "eval")
        for _ in range(3):
            text = attempt(lambda: eval(code, {"x": a, "y": b}))
        total += len(text.split(" at 0x")[0])
print(total)


def constants(x):
    out = []
    for work in (
        lambda: x + (1,), lambda: x % 2.5, lambda: x // 3, lambda: x * 2, lambda: x + b"q", lambda: x + 1, lambda: x % (4,),
        lambda: x % "t", lambda: x + 3 ** 90,
    ):
        for _ in range(3):
            text = attempt(work)
        out.append(text)
    return out


for x in fresh():
    print(*constants(x)).__class__ if not isinstance(x, R) else None

# A comparison that goes too deep, and one that changes what it compares.
a, b = [], []
a.append(b)
b.append(a)
for _ in range(3):
    print(attempt(same, a, b), attempt(judge, a, b))


class Changing:
    def __eq__(self, other):
        left.clear()
        return True


left = [Changing(), Changing()]
print(same(left, [1, 2]), left)


class Rebinding:
    def __eq__(self, other):
        import sys
        sys._getframe(1).f_locals["x"] = None
        return True


def rebound(y):
    for _ in range(3):
        x = [Rebinding(), Rebinding()]
        print(x == y, x)


rebound([1, 2])


class Dies:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("end of", self.name)


def ends():
    for n in range(2):
        x = [Dies(f"left {n}")] + [Dies(f"right {n}")]
        print("made", len(x))
        x = (Dies("a"),) < (Dies("b"),) if n > 5 else (1, Dies("a")) == (2, Dies("b"))
        print("compared", x)
        if (1, Dies("c")) == (2, Dies("d")):
            print("never")
        print("judged")


ends()
