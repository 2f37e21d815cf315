class A:
    __private = 1

    def __init__(self):
        self.__x = "x of A"

    def get(self):
        return self.__x, A.__private

    def __method(self):
        return "private method"

    def call(self):
        return self.__method()

    def local(self):
        __v = 5
        return __v

    def kw(self, __arg=3):
        return __arg

    __dunder__ = "not mangled"


class B(A):
    def __init__(self):
        super().__init__()
        self.__x = "x of B"


b = B()
print(b.get(), b.call(), b.local(), b.kw(), sorted(b.__dict__), A._A__private, A.__dunder__)
try:
    b.__x
except AttributeError as e:
    print(e)
print(b._A__x, b._B__x, A.local.__code__.co_varnames, A.kw.__code__.co_varnames)


class _C:
    __y = 2


class __D:
    __z = 3


print(_C._C__y, __D._D__z)
