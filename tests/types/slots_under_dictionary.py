# Members of a subclass of a built-in type stay where they are in a subclass that has a dictionary, too.
class Row(list):
    __slots__ = ("p", "q")


class Wide(Row):
    pass


class Wider(Wide):
    __slots__ = ("r", "s")


class Word(str):
    __slots__ = ()


class Noted(Word):
    pass


class Pair(dict):
    __slots__ = ("p", "__dict__", "q")


def show(thing):
    print(type(thing).__name__, thing.p, thing.q, thing.a, thing.b, thing.__dict__)


x = Wide([1])
x.p, x.q = 1, 2
x.a, x.b = 3, 4
show(x)
x.p = [5]
x.a = 6
show(x)
del x.p
try:
    x.p
except AttributeError as error:
    print(error)
print(x.__dict__)

x = Wide()
x.a = x.b = 0
x.p = x.q = 1
show(x)

y = Wider()
y.r, y.p, y.q, y.s, y.a, y.b = 1, 2, 3, 4, 5, 6
show(y)
print(y.r, y.s)
y.__dict__ = {"a": 7, "b": 8}
show(y)
print(y.r, y.s)

z = Pair()
z.p, z.q, z.a, z.b = 1, 2, 3, 4
show(z)

n = Noted("n")
n.a = 1
print(n, n.__dict__)


class Other(list):
    __slots__ = ("p",)


class Bag(list):
    pass


for old, new in ((Other, Bag), (Bag, Other), (Row, Wide), (Wide, Row)):
    try:
        old().__class__ = new
    except TypeError as error:
        print(error)
    else:
        print("changed")
