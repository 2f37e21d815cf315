class Plugin:
    registry = {}

    def __init_subclass__(cls, /, key=None, **kw):
        super().__init_subclass__(**kw)
        print("subclass", cls.__name__, key)
        Plugin.registry[key or cls.__name__] = cls


class A(Plugin):
    pass


class B(Plugin, key="bee"):
    pass


class C(B):
    pass


print({k: v.__name__ for k, v in Plugin.registry.items()})
try:
    class D:
        pass

    class E(D, foo=1):
        pass
except TypeError as e:
    print(e)


class Gen:
    def __class_getitem__(cls, item):
        return (cls.__name__, item)


print(Gen[int], Gen[1, 2])
try:
    D[int]
except TypeError as e:
    print(e)


class Body:
    print("body runs", __name__, __qualname__)
    for i in range(3):
        pass
    if True:
        cond = "yes"
    del i


print(Body.cond, hasattr(Body, "i"))


def factory(base):
    class Made(base):
        kind = base.__name__
    return Made


print(factory(int).kind, factory(list)([1, 2]), factory(int).__qualname__)
