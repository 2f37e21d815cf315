class Meta(type):
    def __new__(mcls, name, bases, ns, **kw):
        print("new", name, [b.__name__ for b in bases], sorted(k for k in ns if not k.startswith("__")), kw)
        return super().__new__(mcls, name, bases, ns)

    def __init__(cls, name, bases, ns, **kw):
        super().__init__(name, bases, ns)
        cls.tag = name.lower()

    @classmethod
    def __prepare__(mcls, name, bases, **kw):
        print("prepare", name, kw)
        return {"prepared": True}

    def __call__(cls, *a):
        print("call", cls.__name__, a)
        return super().__call__(*a)

    def __len__(cls):
        return 42

    def __contains__(cls, x):
        return x == 1

    def __iter__(cls):
        return iter((1, 2))


class A(metaclass=Meta, flag=1):
    x = 1


class B(A):
    def __init__(self, v):
        self.v = v


print(type(A).__name__, A.tag, B.tag, A.prepared, len(A), 1 in A, list(B))
print(B(5).v, isinstance(A, Meta), isinstance(A, type))


class Other(type):
    pass


try:
    class Conflict(A, metaclass=Other):
        pass
except TypeError as e:
    print(e)


class Inst(type):
    def __instancecheck__(cls, o):
        return o == 1

    def __subclasscheck__(cls, o):
        return o is int


class I(metaclass=Inst):
    pass


print(isinstance(1, I), isinstance(2, I), issubclass(int, I), issubclass(str, I), isinstance(I(), I))
T = type("T", (), {"a": 1, "m": lambda self: self.a})
print(T, T().m(), T.__bases__, type(T))
