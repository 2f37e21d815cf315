class A(type):
    pass


class B(type):
    pass


class X(metaclass=A):
    pass


class Y(X, metaclass=B):
    pass
