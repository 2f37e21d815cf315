# The namespace of a class, got through the collector, can be changed: what the interpreter knows of the class follows.
# (CPython 3.13 goes on with what it knew and may crash.) Those of built-in classes refuse.
import gc


class Base:
    def f(self):
        return 1

    x = "text " + str(len("abc"))


class Derived(Base):
    pass


c = Derived()


def use():
    for _ in range(50):
        c.f(), c.x
    return c.f(), c.x


print(use())
(namespace,) = [found for found in gc.get_referents(Base) if type(found) is dict and "f" in found]
namespace["f"] = lambda self: 2
namespace["x"] = "other " + str(3)
print(use())
namespace["__len__"] = lambda self: 7
print(len(c))
del namespace["__len__"], namespace["f"]
junk = [str(i) * 3 for i in range(1000)]
try:
    use()
except AttributeError as error:
    print(error)
try:
    len(c)
except TypeError as error:
    print(error)
namespace.update(f=lambda self: 4)
print(use(), namespace.pop("x")[:5], hasattr(c, "x"))
namespace.clear()
print(hasattr(c, "f"))

(namespace,) = [found for found in gc.get_referents(int) if type(found) is dict and "bit_length" in found]
for change in (
    lambda: namespace.__setitem__("bit_length", None),
    lambda: namespace.pop("bit_length"),
    lambda: namespace.popitem(),
    lambda: namespace.clear(),
    lambda: namespace.update(real=3),
):
    try:
        change()
    except TypeError as error:
        print(error)
print((5).bit_length())
