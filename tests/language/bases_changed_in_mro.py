"""A metaclass whose `mro()` looks at the class, changes bases or fails: what was before is there again."""


class M(type):
    ready = False

    def mro(cls):
        return hook(cls) or type.mro(cls)


def hook(cls):
    if cls.__mro__ is None and cls.__name__ == "A":
        try:
            super(cls, cls).missing
        except AttributeError as error:
            print(error)
        try:
            class X(cls):
                pass
        except TypeError as error:
            print(error)


class A(metaclass=M):
    pass


def hook(cls):
    if M.ready and cls.__name__ == "B1":
        B2.__bases__ = (B1,)
    if M.ready and cls.__name__ == "B2":
        B1.__bases__ = (B2,)


class B1(A):
    pass


class B2(A):
    pass


M.ready = True
try:
    B1.__bases__ += ()
except TypeError as error:
    print(error)
M.ready = False
print(B1.__bases__, B2.__bases__, B1.__mro__ == tuple(type.mro(B1)))


def hook(cls):
    if M.ready and cls.__name__ == "C":
        if C.__bases__ == (B2,):
            M.ready = False
        else:
            C.__bases__ = (B2,)
            raise KeyError("failing")


class C(A):
    pass


M.ready = True
try:
    C.__bases__ = (B1,)
except KeyError as error:
    print(error)
print(C.__bases__, C.__mro__)


class Once(type):
    def mro(cls):
        if hasattr(cls, "made"):
            raise RuntimeError("once only")
        cls.made = True
        return type.mro(cls)


class P:
    pass


class Q:
    pass


class D(P):
    pass


class E(D):
    pass


class F(D, metaclass=Once):
    pass


class G(D):
    pass


before = [cls.__mro__ for cls in (D, E, F, G)]
try:
    D.__bases__ = (Q,)
except RuntimeError as error:
    print(error)
print(before == [cls.__mro__ for cls in (D, E, F, G)], D.__bases__, D.__base__)


class Gone(type):
    def mro(cls):
        del Gone.mro
        return (P,)


try:
    class H(metaclass=Gone):
        pass
except TypeError as error:
    print(error)


class Mysuper(super):
    pass


class R:
    def method(self):
        return "R"


class S(R):
    def method(self):
        return type(self.bound).__name__, self.bound.method()


S.bound = Mysuper(S)
print(S().method())
for value in {}, [], None:
    for thing in R, __import__("sys"):
        try:
            R.__dict__["__dict__"].__set__(thing, value)
        except (AttributeError, TypeError) as error:
            print(type(error).__name__)
import warnings
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    type("T", (), {1: 2})
print([str(warning.message) for warning in caught])
