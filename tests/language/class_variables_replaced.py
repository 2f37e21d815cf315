"""Variables of classes that are replaced often, beside methods and other attributes that are remembered."""


class Base:
    made = 0
    name = "base"

    def __init__(self):
        Base.made += 1

    def tell(self):
        return self.name, self.made

    @classmethod
    def count(cls):
        return cls.made

    @staticmethod
    def plain():
        return Base.made


def work(times):
    for i in range(times):
        Base.made = i
        object = Base()
        last = object.tell(), Base.count(), Base.plain(), Base.name
    return last


print(work(300))
Base.tell = lambda self: ("replaced", self.made)
print(work(300))
Base.name = "other"
print(work(300))
Base.count = classmethod(lambda cls: -cls.made)
print(work(300))


class Derived(Base):
    pass


def derived(times):
    for i in range(times):
        Base.made = i
        last = Derived.made, Derived().tell(), Derived.count()
    return last


print(derived(300))
Derived.made = 70
print(derived(300))
del Derived.made
print(derived(300))
del Base.name
try:
    Base.name
except AttributeError as error:
    print(error)
