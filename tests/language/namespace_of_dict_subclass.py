# A namespace that is an instance of a subclass of dict is asked by its own methods.


class Watched(dict):
    def __getitem__(self, key):
        print("get", key)
        return dict.__getitem__(self, key)

    def __setitem__(self, key, value):
        print("set", key)
        dict.__setitem__(self, key, value)

    def __delitem__(self, key):
        print("del", key)
        dict.__delitem__(self, key)


class Filled(dict):
    def __missing__(self, key):
        if key == "print":
            raise KeyError(key)
        return key.upper()


SOURCE = """
a
a = 2
a += 1
for a in (5, 6):
    a
del a
try:
    a
except NameError as e:
    str(e)
b
b = 3
def f():
    return b + c
f()
f()
def g():
    global b, d
    b = 5
    d = b
    del d
g()
try:
    del nothing
except NameError as e:
    str(e)
len
"""

for _ in range(2):
    print("locals")
    exec(SOURCE, {"b": 3, "c": 4}, Watched(a=1, b=7))
    print("globals")
    exec(SOURCE, Watched(a=1, b=3, c=4))
    print("both")
    exec(SOURCE, Watched(a=1, b=3, c=4), Watched(b=2, a=0))
    print("filled")
    exec("print(a, b); a = 1; print(a, b)", {"b": 2}, Filled())


class Meta(type):
    @classmethod
    def __prepare__(cls, name, bases):
        return Watched()


class Body(metaclass=Meta):
    one = 1
    two = one
    del one


class Refusing:
    def __init__(self, kind):
        self.kind = kind

    def __getitem__(self, key):
        raise self.kind(key)

    __delitem__ = __getitem__

    def __setitem__(self, key, value):
        raise self.kind(key)


class RefusingDict(dict):
    def __delitem__(self, key):
        raise ValueError(key)


class MyKeyError(KeyError):
    pass


for kind in (KeyError, MyKeyError, ValueError, LookupError):
    for text in ("a", "del a", "a = 1", "len"):
        try:
            exec(text, {}, Refusing(kind))
            print(text, "works")
        except Exception as error:
            print(text, type(error).__name__, error)
try:
    exec("a = 1\ndel a", {}, RefusingDict())
except NameError as error:
    print(error)
