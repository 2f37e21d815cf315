class D:
    def __del__(self):
        print("class del")


d = D()
d.__del__ = lambda: print("instance attribute is not called")
del d
d = D()
D.__del__ = lambda self: print("patched")
del d
d = D()
del D.__del__
del d
print("no del now")
D.__del__ = lambda self: print("back")
D()


class Base:
    def __del__(self):
        print("base", type(self).__name__)


class Child(Base):
    def __del__(self):
        print("child")
        super().__del__()


Child()


class Inherits(Base):
    pass


Inherits()
b = Base()
b.__del__()
del b
b = Base()
b.__class__ = Inherits
del b


class L(list):
    def __del__(self):
        print("list subclass", list(self))


L([1, 2])


class I(int):
    def __del__(self):
        print("int subclass", int(self))


I(5)


class T(tuple):
    def __del__(self):
        print("tuple subclass", len(self))


T((1, 2, 3))


class M(type):
    def __del__(cls):
        print("class deleted", cls.__name__)


class Dying(metaclass=M):
    pass


del Dying
import gc
gc.collect()
print("end")
