"""Places that read attributes of classes or call their methods, while the classes change."""


class Base:
    value = 1

    @classmethod
    def make(cls, n=0):
        return (cls.__name__, n)

    @staticmethod
    def plain(x):
        return ("plain", x)

    def method(self, x):
        return ("method", self, x)


class Child(Base):
    pass


class Meta(type):
    value = "meta"

    @property
    def computed(cls):
        return "computed by " + cls.__name__


class WithMeta(metaclass=Meta):
    value = "own"


def read(cls):
    return cls.value


def call(cls, n):
    return cls.make(n), cls.plain(n), cls.method("self", n), cls.make()


for n in range(5):
    print(read(Base), read(Child), call(Base, n), call(Child, n))
Base.value = 2
print(read(Base), read(Child))
Child.value = 3
print(read(Base), read(Child))
del Child.value
print(read(Base), read(Child))
for n in range(4):
    if n == 2:
        Base.make = staticmethod(lambda n=None: ("now static", n))
        Base.plain = classmethod(lambda cls, x: ("now of the class", cls.__name__, x))
        Base.method = 5
        Child.method = print
    print(Child.make(n), Child.plain(n), Child.method and "callable")
    try:
        print(Base.method(1, 2))
    except TypeError as error:
        print(error)
for n in range(4):
    print(WithMeta.value, WithMeta.computed, read(WithMeta))
    if n == 1:
        del WithMeta.value
static = staticmethod(len)


class Holder:
    size = static


for n in range(4):
    print(Holder.size("abc"))
    if n == 1:
        static.__init__(str.upper)


class Plain:
    pass


made = []
for n in range(6):
    if n == 3:
        Plain.__init__ = lambda self: made.append("init")
    if n == 5:
        Plain.__new__ = lambda cls: "not an instance"
    made.append(type(Plain()).__name__)
print(made)
for n in range(5):
    try:
        print(Plain.missing)
    except AttributeError as error:
        print(error)
    if n == 2:
        Plain.missing = "found"
    if n == 3:
        del Plain.missing
for n in range(3):
    class Once:
        tag = n

        @classmethod
        def get(cls):
            return cls.tag
    print(Once.tag, Once.get())
