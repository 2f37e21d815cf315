"""Attributes of instances whose attributes stand in a dictionary, read and written at the same places often."""

import gc
import sys


class Plain:
    pass


class Watched(dict):
    def __getitem__(self, key):
        raise RuntimeError("attributes do not ask this")


def read(thing):
    return thing.x


def write(thing, value):
    thing.x = value


def warm(thing):
    for i in range(20):
        write(thing, i)
        read(thing)


p = Plain()
p.__dict__["x"] = 1
warm(p)
print(read(p), p.__dict__)

# A dictionary that is replaced, also by one of another kind.
p.__dict__ = {"x": "other"}
print(read(p))
write(p, "written")
print(read(p), p.__dict__)
p.__dict__ = Watched(x="watched")
print(read(p))
write(p, "again")
print(read(p), type(p.__dict__).__name__)

# An attribute that goes and comes back.
q = Plain()
q.__dict__
q.x = 5
warm(q)
del q.x
try:
    read(q)
except AttributeError as error:
    print(error)
write(q, "back")
print(read(q))

# Another object in a value's place: what was there dies at once.
class Dies:
    def __del__(self):
        print("dies")


write(q, Dies())
write(q, 1)
print("after")

# A dictionary of atoms gets something that can be part of a cycle.
r = Plain()
vars(r)["x"] = 0
warm(r)
write(r, [r])
del r
print(gc.collect() > 0)

# The class gets a say afterwards.
s = Plain()
vars(s)["x"] = 7
warm(s)
Plain.x = property(lambda self: "property")
print(read(s))
try:
    write(s, 1)
except AttributeError as error:
    print(error)
del Plain.x
print(read(s))
Plain.x = "of the class"
print(read(s), read(Plain()))
del Plain.x

# Counts.
value = object()
t = Plain()
vars(t)
t.x = value
for _ in range(20):
    write(t, value)
    read(t)
print(sys.getrefcount(value))

# Names that are no interned texts.
u = Plain()
vars(u)["".join(["x", ""])] = 3
u.__dict__["".join(["o", "dd"])] = 4
warm(u)
print(u.odd, sorted(vars(u)))


# Many attributes of a class that says nothing about them.
def fill(thing, count):
    for i in range(count):
        setattr(thing, f"a{i}", i)


for count in (1, 3, 4, 5, 9, 40):
    thing = Plain()
    fill(thing, count)
    thing.a0 = thing.a0 + 1
    print(count, len(vars(thing)), thing.a0, list(vars(thing))[-1])


# Attributes that are deleted: the last one, one in the middle, and those that come back.
class Ends:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("end of", self.name)


v = Plain()
for i in range(5):
    v.a = i
    v.b = Ends(i)
    del v.b
    print(hasattr(v, "b"), vars(Plain()), v.a)
v.b, v.c = 1, 2
del v.b
v.b = 3
print(list(vars(v).items()))
w = Plain()
w.a, w.b, w.c = 1, 2, 3
del w.c
del w.b
w.d = 4
w.b = 5
print(list(vars(w).items()), w.d)
del w.b, w.d, w.a
print(vars(w))
try:
    del w.a
except AttributeError as error:
    print(error)
