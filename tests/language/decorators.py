def trace(fn):
    print("decorating", fn.__name__)

    def inner(*a, **k):
        print("call", fn.__name__, a, k)
        return fn(*a, **k)
    return inner


def tag(label):
    print("tag", label)

    def deco(obj):
        print("apply", label)
        obj.label = label
        return obj
    return deco


@tag("outer")
@trace
def f(x):
    return x * 2


print(f(3), f.label)


@tag("cls")
class C:
    @trace
    def m(self):
        return "m"

    @staticmethod
    @trace
    def s():
        return "s"


print(C.label, C().m()[0], C.s())


@(lambda fn: 5)
def five():
    pass


print(five)
decos = [trace]


@decos[0]
def g():
    pass


g()


@lambda f: f
@property
def prop(self):
    pass


print(type(prop).__name__)
try:
    @5
    def h():
        pass
except TypeError as e:
    print(e)
try:
    h
except NameError as e:
    print(e)
