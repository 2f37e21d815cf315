"""Comparisons with a constant on the left, alone and in chains, as conditions."""


class Number:
    """Says which method answers."""

    def __init__(self, value):
        self.value = value

    def __lt__(self, other):
        print("lt", other, end=" ")
        return self.value < other

    def __gt__(self, other):
        print("gt", other, end=" ")
        return self.value > other

    def __ge__(self, other):
        print("ge", other, end=" ")
        return self.value >= other

    def __eq__(self, other):
        print("eq", other, end=" ")
        return self.value == other


class Mine(int):
    """A subclass is asked before the constant, by the mirrored method."""

    def __gt__(self, other):
        print("Mine gt", other, end=" ")
        return int.__gt__(self, other)


def below(x):
    if 5 < x:
        return "more than 5"
    return "not more"


def within(x):
    if 0 <= x < 10:
        return "digit"
    return "no digit"


def letters(text):
    return "".join(c.upper() if "a" <= c <= "y" else "." for c in text)


def negated(x):
    if not 3 != x:
        return "three"
    return "other"


def looped(x):
    count = 0
    while 100 > x:
        x += x
        count += 1
    return count


for _ in range(3):
    print([below(x) for x in range(3, 8)], [within(x) for x in (-1, 0, 9, 10)])
    print(letters("hello, {yes}z"), letters("Äbc\u20ac"), [negated(x) for x in (2, 3, 4)], looped(1), looped(7))

for x in (2.5, 5.0, float("nan"), 5.5, 10 ** 30, -10 ** 30, True, Number(6), Number(4), Mine(7), Mine(2)):
    print(below(x), within(x) if not isinstance(x, Number) else "")
for _ in range(3):
    print(below(6), below(6.5), below(Number(6)), negated(Number(3)))

for x in ("text", None, [1], 1j):
    try:
        below(x)
    except TypeError as e:
        print(e)
    try:
        within(x)
    except TypeError as e:
        print(e)

try:
    letters([1])
except TypeError as e:
    print(e)


def unbound():
    if 1 < later:
        return
    later = 1


try:
    unbound()
except UnboundLocalError as e:
    print(e)


class Odd:
    """Answers with what is no bool, or not at all."""

    def __gt__(self, other):
        return []

    def __le__(self, other):
        raise ValueError("no order")


for _ in range(3):
    print(below(Odd()))
    try:
        if 1 >= Odd():
            print("unreached")
    except ValueError as e:
        print(e)

calls = []


def seen(x):
    calls.append(x)
    return x


print([1 < seen(x) < 4 for x in range(5)], calls)
calls.clear()
print(["yes" if 1 < seen(x) < 4 else "no" for x in range(5)], calls)
print(["yes" if 1 < seen(x) < seen(5) > 2 else "no" for x in range(3)], calls)
print([x for x in range(6) if 0 == x % 2 != 4], [x for x in "abc" if "b" == x], [x for x in (1, "1", 1.0) if 1 == x])
if 1 < 2 < 3 and not 3 < 2 and (1 < len(calls) or 0):
    print("constants alone")
