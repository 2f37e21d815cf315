class A:
    def who(self):
        return ["A"]


class B(A):
    def who(self):
        return ["B"] + super().who()


class C(A):
    def who(self):
        return ["C"] + super().who()


class D(B, C):
    def who(self):
        return ["D"] + super().who()


print(D().who())
print([k.__name__ for k in D.__mro__])
print([k.__name__ for k in D.mro()], D.__bases__, D.__base__)
print(issubclass(D, A), issubclass(A, D), issubclass(D, (int, C)), isinstance(D(), B))
try:
    class Bad(A, B):
        pass
except TypeError as e:
    print(e)
try:
    class Twice(A, A):
        pass
except TypeError as e:
    print(e)


class X:
    pass


class Y(X):
    pass


class E(D, Y):
    pass


print([k.__name__ for k in E.__mro__])
print([k.__name__ for k in A.__subclasses__()])
for base in (1, None):
    try:
        class Odd(base):
            pass
    except TypeError as e:
        print(e)
for base in (bool, type(None), range, slice, type(lambda: 0)):
    try:
        type("Sub", (base,), {})
    except TypeError as e:
        print(e)
try:
    class Layout(int, str):
        pass
except TypeError as e:
    print(e)
