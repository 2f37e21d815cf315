# expect: err
class Bad:
    def __init__(self, n):
        self.n = n

    def __del__(self):
        raise ValueError(f"from {self.n}")


b = Bad(1)
del b
print("goes on")


def f():
    x = Bad(2)
    return 5


print(f())
l = [Bad(3), Bad(4)]
l.clear()
print("list cleared", l)


class Nested:
    def __del__(self):
        try:
            raise KeyError("inner")
        except KeyError:
            raise TypeError("outer")


Nested()
print("nested done")
try:
    raise RuntimeError("main")
except RuntimeError as e:
    Bad(5)
    print(repr(e))


class NotCallable:
    __del__ = 5


NotCallable()


class WrongArgs:
    def __del__(self, extra):
        pass


WrongArgs()
print("end")
