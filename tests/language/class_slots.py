class P:
    __slots__ = ("x", "y")

    def __init__(self, x, y):
        self.x = x
        self.y = y


p = P(1, 2)
print(p.x, p.y, P.__slots__)
for action in (lambda: setattr(p, "z", 3), lambda: p.__dict__, lambda: vars(p)):
    try:
        action()
    except (AttributeError, TypeError) as e:
        print(type(e).__name__, e)
del p.x
try:
    p.x
except AttributeError as e:
    print(e)
try:
    del p.x
except AttributeError as e:
    print(e)
print(type(P.x).__name__, P.x)


class Q(P):
    __slots__ = ("z",)


q = Q(1, 2)
q.z = 3
print(q.x, q.y, q.z, hasattr(q, "__dict__"))


class R(P):
    pass


r = R(1, 2)
r.free = 1
print(r.__dict__, r.x)


class S:
    __slots__ = "single"


s = S()
s.single = 1
print(s.single)


class W:
    __slots__ = ("a", "__dict__")


w = W()
w.a = 1
w.b = 2
print(w.__dict__)
for body in ("__slots__ = ('a',)\n a = 1", "__slots__ = ('1a',)", "__slots__ = (1,)"):
    try:
        exec(f"class B:\n {body}\n")
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)
import weakref
try:
    weakref.ref(p)
except TypeError as e:
    print(e)


class A:
    __slots__ = ("a",)


class B:
    __slots__ = ("b",)


try:
    class AB(A, B):
        pass
except TypeError as e:
    print(e)
