class Num:
    def __init__(self, v):
        self.v = v

    def __lt__(self, o):
        print("lt", self.v)
        return self.v < (o.v if isinstance(o, Num) else o)

    def __le__(self, o):
        print("le", self.v)
        return True

    def __eq__(self, o):
        print("eq", self.v)
        return isinstance(o, Num) and self.v == o.v


a, b = Num(1), Num(2)
print(a < b, a > b, a <= b, a >= b, a == b, a != b)
print(a < 2, 3 > a)
try:
    1 < a
except TypeError as e:
    print(e)
print(a in [b, a], [a, b].index(b), [b].count(a))
try:
    hash(a)
except TypeError as e:
    print(e)
print(1 < 2 < 3, 1 < 3 < 2, 1 == 1.0 == True, 3 > 2 >= 2 != 1)
for text in ("1 < 'a'", "[] < ()", "None < None", "{} < {}", "object() < object()", "[1] < ['a']",
             "(1, 'a') < (1, 2)", "sorted([1, 'a'])", "max(1, 'b')", "min(None, 1)"):
    try:
        print(text, eval(text))
    except TypeError as e:
        print(text, "->", e)
print((1, 2) < (1, 3), (1,) < (1, 0), [2] > [1, 9], "a" < "b" < "ba", b"a" < b"b")
print(float("nan") == float("nan"), [float("nan")] == [float("nan")], (n := float("nan")) in [n], [n] == [n])


class R:
    def __gt__(self, o):
        return "R.gt"

    def __eq__(self, o):
        return "R.eq"


print(1 < R(), 1 == R(), R() == 1, R() != 1, R() in [1])
print(None == 0, None is None, not None, [] == (), 1 == "1")
