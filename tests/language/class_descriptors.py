class Typed:
    def __init__(self, kind):
        self.kind = kind

    def __set_name__(self, owner, name):
        print("set_name", owner.__name__, name)
        self.name = "_" + name

    def __get__(self, obj, owner=None):
        if obj is None:
            return self
        return obj.__dict__[self.name]

    def __set__(self, obj, value):
        if not isinstance(value, self.kind):
            raise TypeError(f"{self.name[1:]} must be {self.kind.__name__}")
        obj.__dict__[self.name] = value

    def __delete__(self, obj):
        print("delete", self.name)
        del obj.__dict__[self.name]


class Person:
    name = Typed(str)
    age = Typed(int)

    def __init__(self, name, age):
        self.name = name
        self.age = age


p = Person("Ann", 30)
print(p.name, p.age, type(Person.name).__name__)
try:
    p.age = "x"
except TypeError as e:
    print(e)
p.__dict__["age"] = 1
print(p.age)
del p.age
print(sorted(p.__dict__))


class NonData:
    def __get__(self, obj, owner):
        return ("nondata", obj is None)


class K:
    nd = NonData()


k = K()
print(k.nd, K.nd)
k.nd = 5
print(k.nd, K.nd)


class Method:
    def __get__(self, obj, owner):
        return lambda: (obj.__class__.__name__, owner.__name__)


K.m = Method()
print(k.m())


def fn(self):
    return self


print(fn.__get__(3)(), fn.__get__(3, int).__self__)
k.fn = fn
try:
    k.fn()
except TypeError as e:
    print(e)
K.fn = fn
del k.fn
print(k.fn() is k)
