"""Reading attributes of a class through its instances, while they change: nothing remembered may be stale."""


class Base:
    limit = 1
    step = None

    def name(self):
        return "base"


class Derived(Base):
    def __init__(self):
        self.own = 0


class Other(Base):
    def __init__(self):
        self.more = self.own = 5


def read(objects):
    return [(x.limit, x.own, x.name()) for x in objects]


objects = [Derived(), Other(), Derived()]
for round in range(6):
    print(read(objects))
    Base.limit = [round] * 2
print(read(objects))
Derived.limit = "derived"
print(read(objects))
del Derived.limit
print(read(objects))
Derived.name = lambda self: "replaced"
print(read(objects))
Base.limit = property(lambda self: "computed")
print(read(objects))
Base.limit = 7
print(read(objects))
objects[0].limit = "own"
print(read(objects))


class Counted:
    made = 0

    def __init__(self, x):
        self.x = x
        Counted.made += 1

    def total(self):
        return self.x + self.made


print(sum(Counted(i).total() for i in range(1000)), Counted.made)

# Classes that come and go take over nothing from each other.
for i in range(300):
    if i % 2:
        class Kind:
            tag = i

            def __init__(self):
                self.a = i

            def method(self):
                return ("plain", self.a, self.tag)
    else:
        class Kind(list):
            tag = -i

            def method(self):
                return ("list", len(self), self.tag)
    k = Kind()
    if i % 50 < 2:
        print(k.method(), k.tag)
    else:
        k.method(), k.tag
