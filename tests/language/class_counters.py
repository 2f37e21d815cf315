"""Plain values of classes that are replaced, read through the class, its instances and derived classes."""
import gc
import sys


class Counter:
    count = 0
    ratio = 1.0
    label = "a"

    def __init__(self):
        Counter.count += 1


class Gone:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("gone", self.name)


for i in range(10):
    c = Counter()
    Counter.ratio = Counter.ratio * 2
    Counter.label = Counter.label + "b"
print(Counter.count, c.count, Counter.ratio, Counter.label, sys.getrefcount(Counter.label))


def read():
    return Counter.count


def write(value):
    Counter.count = value


for i in range(5):
    write(i * 1000)
    print(read(), c.count, Counter.__dict__["count"])

# A value of another kind, which has a say in being read, and a plain one again.
write(property(lambda self: "property"))
print(type(read()), c.count)
write(lambda self=None: "function")
print(read()(), c.count())
write(staticmethod(lambda: "static"))
print(read()(), c.count())
write(7)
print(read(), c.count)

# What is replaced ends when it is replaced.
write(Gone("one"))
write(Gone("two"))
write([Gone("three")])
write(8)

# Derived classes see the change, and may have a value of their own.


class Derived(Counter):
    pass


def derived():
    return Derived.count


for i in range(4):
    write(i)
    print(derived(), Derived().count, read())
Derived.count = 100
for i in range(3):
    write(i * 7)
    print(derived(), read())
del Derived.count
print(derived())

# The name is removed, and comes back.
del Counter.count
try:
    read()
except AttributeError as error:
    print(error)
write(5)
print(read())

# Whoever has the dictionary can change it.
for namespace in gc.get_referents(Counter):
    if type(namespace) is dict and "ratio" in namespace:
        namespace["ratio"] = "changed"


def ratio():
    return Counter.ratio


print(ratio(), c.ratio)
for i in range(3):
    Counter.ratio = i * 0.5
    print(ratio(), c.ratio)


class Meta(type):
    def __setattr__(cls, name, value):
        print("set", name, value)
        super().__setattr__(name, value)


class Watched(metaclass=Meta):
    count = 0


for cls in (Counter, Watched, Counter, Watched):
    for i in range(3):
        cls.count = i
        print(cls.count)
