class A:
    def __add__(self, o):
        print("A.add")
        return NotImplemented

    def __radd__(self, o):
        print("A.radd")
        return "A.radd result"


class B(A):
    def __radd__(self, o):
        print("B.radd")
        return "B.radd result"


class C:
    def __add__(self, o):
        print("C.add")
        return NotImplemented

    def __radd__(self, o):
        print("C.radd")
        return NotImplemented


print(A() + B())
print(1 + B())
print(C() + A())
for f in (lambda: A() + A(), lambda: C() + C(), lambda: A() + 1, lambda: 1 + C()):
    try:
        print(f())
    except TypeError as e:
        print(e)


class MyInt(int):
    def __add__(self, o):
        return "myint add"

    def __rsub__(self, o):
        return "myint rsub"


print(MyInt(1) + 2, 2 + MyInt(1), 2 - MyInt(1), MyInt(5) - 2)


class Seq:
    def __mul__(self, n):
        return ("mul", n)

    def __rmul__(self, n):
        return ("rmul", n)


print(Seq() * 3, 3 * Seq(), [1] * Seq(), "x" * Seq())
