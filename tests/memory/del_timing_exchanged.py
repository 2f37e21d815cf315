"""In which order old values go when several targets are assigned at once, and what a function lets go at its end."""


class D:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print(self.name, end=" ")


def two():
    a, b = D("a"), D("b")
    a, b = D("A"), D("B")
    print("|", end=" ")
    x = 1
    a, b = x, x
    print("|")


def three():
    a, b, c = D("a"), D("b"), D("c")
    x = 1
    a, b, c = x, x, x
    print("|")


def constants():
    a, b, c = D("a"), D("b"), D("c")
    a, b, c = 1, 2, 3
    print("|")


def four():
    a, b, c, d = D("a"), D("b"), D("c"), D("d")
    x = 1
    a, b, c, d = x, x, x, x
    print("|")


def again():
    a, b = D("a"), D("b")
    x = 1
    a, b, a = x, D("between"), x
    print("|", end=" ")
    a, a = D("first"), D("second")
    print("|", end=" ")
    del a
    print("|")


def on_lines():
    a, b = D("a"), D("b")
    x = 1
    (a,
     b) = x, x
    print("|")


def in_cells():
    a, b = D("a"), D("b")
    x = 1
    a, b = x, x
    print("|")
    return lambda: a


def in_globals():
    global g, h
    g, h = D("g"), D("h")
    x = 1
    g, h = x, x
    print("|")


def mixed():
    class Box:
        pass
    box = Box()
    box.a, b = D("attribute"), D("b")
    x = 1
    box.a, b = x, x
    print("|", end=" ")
    row = [D("item")]
    c = D("c")
    row[0], c = x, x
    print("|")


def from_a_list():
    a, b = D("a"), D("b")
    x = 1
    a, b = [x, x]
    print("|", end=" ")
    [a, b] = D("a"), D("b")
    [a, b] = x, x
    print("|")


def swapped():
    a, b = D("a"), D("b")
    a, b = b, a
    print(a.name, b.name, "|", end=" ")
    a, b = b, b
    print("|")


for work in two, three, constants, four, again, on_lines, in_cells, in_globals, mixed, from_a_list, swapped:
    print(work.__name__, end=": ")
    work()
    print()


def outer(free):
    def inner(a=D("default"), *, k=D("keyword default")):
        return free

    inner.attribute = D("attribute")
    return inner


inner = outer(D("closure"))
del inner
print()
