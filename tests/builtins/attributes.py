class A:
    x = 1

    def __init__(self):
        self.y = 2


a = A()
print(getattr(a, "x"), getattr(a, "zz", "def"), hasattr(a, "y"), hasattr(a, "zz"), setattr(a, "z", 3), a.z, delattr(a, "z"), hasattr(a, "z"), getattr(A, "__name__"))
print(vars(a), dir(a)[-2:], "x" in dir(A), vars(A)["x"], callable(A), callable(a), callable(len), callable(5), callable(lambda: 0))
print(isinstance(a, A), isinstance(1, (str, int)), issubclass(bool, int), issubclass(A, (int, object)), isinstance(True, int), isinstance(None, type(None)), type(a) is A, type(A) is type)
setattr(a, "not an identifier", 5)
print(getattr(a, "not an identifier"), sorted(a.__dict__))
for f in (lambda: getattr(a, "q"), lambda: getattr(a, 5), lambda: setattr(a, 5, 1), lambda: delattr(a, "q"), lambda: getattr(a), lambda: hasattr(a, 5), lambda: vars(5), lambda: getattr(5, "x"), lambda: setattr(5, "x", 1), lambda: delattr(len, "x"), lambda: setattr(len, "x", 1), lambda: isinstance(1), lambda: issubclass("a", int), lambda: vars(1, 2), lambda: type(), lambda: getattr([], "apend"), lambda: [].apend, lambda: A.y, lambda: a.__class__.__nope__, lambda: int.foo, lambda: (lambda: 0).x, lambda: None.foo, lambda: callable(), lambda: "".foo, lambda: dir(1, 2)):
    try:
        print(f())
    except (TypeError, AttributeError) as e:
        print(type(e).__name__, e)


def f():
    a, b = 1, 2
    return sorted(locals()), sorted(dir())


print(f(), "f" in globals(), globals()["a"] is a, sorted(vars(type("T", (), {"k": 1})))[-1], "A" in dir())
