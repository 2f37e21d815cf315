class A:
    pass


class B(A):
    def __eq__(self, o):
        return isinstance(o, B)


class C(B):
    __hash__ = A.__hash__


a = A()
print(a == a, a == A(), a != a, hash(a) == hash(a), {a: 1}[a], a in [a])
print(B() == B(), B() != B(), B() == 1, B().__hash__, B.__hash__ is None)
try:
    {B(): 1}
except TypeError as e:
    print(e)
print(isinstance(hash(C()), int), C() == C(), A() == B(), B() == A(), A().__eq__(5), A().__ne__(5), A().__lt__(5))


class Ne:
    def __ne__(self, o):
        return "ne"


n = Ne()
print(n == n, n != n, n != 5)


class Sub(A):
    def __eq__(self, o):
        print("Sub.eq")
        return NotImplemented


print(A() == Sub(), Sub() == A(), Sub() == 1, 1 == Sub())
print(A.__eq__ is object.__eq__, hash(A) == hash(A), A == A, A != B, A in {A: 1}, len({A, B, A}))
x = object()
print([x, 1] == [x, 1], (x,) == (x,), {"k": x} == {"k": x}, [A()] == [A()], x.__eq__(x), x.__eq__(1))
