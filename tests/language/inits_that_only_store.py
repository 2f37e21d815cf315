"""Classes whose __init__ only stores its parameters and constants, called often, and what can change about them."""
import gc
import sys
import weakref


class Point:
    """With a docstring."""

    def __init__(self, x, y):
        """As well."""
        self.x = x
        self.y = y
        self.name = None
        self.tag = "point"


class Slotted:
    __slots__ = ("value", "left", "right", "__weakref__")

    def __init__(self, value):
        self.value = value
        self.left = self.right = None


class Both(Slotted):
    def __init__(self, value, more):
        self.value, self.more = value, more


def attributes(thing):
    return {name: getattr(thing, name) for name in dir(thing) if not name.startswith("__") and hasattr(thing, name)}


def points(n):
    return [Point(i, str(i)) for i in range(n)]


for p in points(20)[-2:]:
    print(attributes(p), p.__dict__, type(p).__name__)
for s in [Slotted(i) for i in range(20)][-2:]:
    print(attributes(s))
for b in [Both(i, [i]) for i in range(20)][-2:]:
    print(attributes(b), b.__dict__)

# Counts are those that a frame leaves behind.
shared, other = object(), ["list"]
before = sys.getrefcount(shared), sys.getrefcount(other), sys.getrefcount(Point), sys.getrefcount(Point.__init__)
kept = []
for _ in range(10):
    kept.append(Point(shared, other))
print([now - then for now, then in zip((sys.getrefcount(shared), sys.getrefcount(other), sys.getrefcount(Point), sys.getrefcount(Point.__init__)), before)])
kept.clear()
print([now - then for now, then in zip((sys.getrefcount(shared), sys.getrefcount(other), sys.getrefcount(Point), sys.getrefcount(Point.__init__)), before)])


# One object for two parameters, a result that is thrown away, a temporary that dies with the instance.
class Noisy:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("end of", self.name)


class Holder:
    def __init__(self, first, second):
        self.first = first
        self.second = second


for i in range(4):
    same = Noisy(i)
    holder = Holder(same, same)
    del same
    print("holds", holder.first is holder.second)
    Holder(Noisy(f"{i} a"), Noisy(f"{i} b"))
    holder = None


# Other code for the function, other arguments, another function.
def make(n):
    return [vars(Point(i, -i)) for i in range(n)][-1]


def swapped(self, x, y):
    self.y = x
    self.x = y


def third(self, x, y):
    self.only = (x, y)


print(make(10))
old = Point.__init__.__code__
Point.__init__.__code__ = swapped.__code__
print(make(10))
Point.__init__.__code__ = old
print(make(10))
Point.__init__ = third
print(make(10))
Point.__init__ = swapped
print(make(10))


# What makes storing more than that, before and after.
class Plain:
    def __init__(self, a, b):
        self.a = a
        self.b = b


def plains(n):
    return [vars(Plain(i, i + 1)) for i in range(n)][-1]


print(plains(10))
Plain.a = property(lambda self: "property", lambda self, value: print("set a", value) if value == 9 else None)
print(plains(10))
del Plain.a
print(plains(10))
Plain.__setattr__ = lambda self, name, value: object.__setattr__(self, name, value * 2)
print(plains(10))
del Plain.__setattr__
print(plains(10))
Plain.c = 1
print(plains(10), Plain(1, 2).c)


class Sub(Plain):
    pass


class Stored(Plain):
    b = property(lambda self: "b of Stored", lambda self, value: None)


print([vars(Sub(i, 0)) for i in range(10)][-1], [vars(Stored(i, 0)) for i in range(10)][-1], Stored(1, 2).b)


# More attributes than there is room at first, the same attribute twice, a parameter that is stored twice or not at all.
def many(n):
    lines = ["class Many:", "    def __init__(self, " + ", ".join(f"p{i}" for i in range(n)) + "):"]
    lines += [f"        self.a{i} = p{n - 1 - i}" for i in range(n)]
    names = {}
    exec("\n".join(lines), names)
    return names["Many"]


for n in (1, 5, 29, 30, 31, 40):
    Many = many(n)
    for _ in range(5):
        made = Many(*range(n))
    text = "Many(" + ", ".join(map(str, range(n))) + ")"
    code = compile(f"made = [{text} for _ in range(9)][-1]", "<text>", "exec")
    exec(code)
    print(n, len(vars(made)), made.a0, sum(vars(made).values()))


class Twice:
    def __init__(self, a, b):
        self.a = a
        self.a = b


class Again:
    def __init__(self, a, b):
        self.a = a
        self.b = a


class Itself:
    def __init__(self, a):
        self.a = a
        self.me = self


class Defaults:
    def __init__(self, a, b="b"):
        self.a, self.b = a, b


for i in range(6):
    made = vars(Twice(i, "b")), vars(Again(i, [])), Itself(i).me.a, vars(Defaults(i)), vars(Defaults(i, 1))
print(made)


# Errors are those of a call.
def wrong(n):
    for i in range(n):
        try:
            Holder(i) if i == n - 1 else Holder(i, i)
        except TypeError as error:
            print(error)
        try:
            Holder(i, i, i) if i == n - 1 else Holder(i, i)
        except TypeError as error:
            print(error)


wrong(10)


def deep(n):
    made = Holder(n, n)
    return deep(n - 1) if n else made


def deepest():
    depth = 0

    def down():
        nonlocal depth
        depth += 1
        Holder(depth, None)
        down()

    try:
        down()
    except RecursionError as error:
        print(error)
    return depth


print(deep(50).first, deepest() == deepest())


# The collector sees instances that are made so, and weak references to them work.
class Ring:
    def __init__(self, other, size):
        self.other = other
        self.size = size


gc.collect()
gc.disable()
for i in range(10):
    first = Ring(None, i)
    first.other = Ring(first, i)
watch = weakref.ref(first)
del first
gc.collect()
print(watch())
gc.enable()
slotted = [Slotted(i) for i in range(5)]
watches = [weakref.ref(s) for s in slotted]
print(gc.is_tracked(slotted[4]), [w() is s for w, s in zip(watches, slotted)])
del slotted[2], s
print([w() is None for w in watches])


# Sites that give other numbers of arguments to code that was put in later.
class Swapped:
    def __init__(self, a):
        self.a = a


def takes_two(self, a, b):
    self.a = a
    self.b = b


def with_one(x):
    return vars(Swapped(x))


def with_two(x, y):
    return vars(Swapped(x, y))


codes = Swapped.__init__.__code__, takes_two.__code__
for code in codes * 2:
    Swapped.__init__.__code__ = code
    for _ in range(4):
        for call, arguments in (with_one, (1,)), (with_two, (2, Noisy("argument"))):
            try:
                print(list(call(*arguments)))
            except TypeError as error:
                print(error)
            arguments = None
