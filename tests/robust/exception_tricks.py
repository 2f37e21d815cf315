class E(Exception):
    def __init__(self):
        raise ValueError("in init")


try:
    raise E
except ValueError as e:
    print(e)


class NotReally(Exception):
    def __new__(cls):
        return 5


try:
    raise NotReally
except TypeError as e:
    print(e)
e = ValueError("self")
e.__cause__ = e
e.__context__ = e
try:
    raise e
except ValueError as x:
    print(x.__cause__ is x)
for code in ("e.__cause__ = 5", "e.__context__ = 'x'", "e.__traceback__ = 1", "del e.args", "e.args = 5", "e.__suppress_context__ = 'x'", "e.with_traceback(5)", "e.add_note(5)", "del e.__cause__"):
    try:
        exec(code)
        print(code, "fine")
    except TypeError as x:
        print(code, "->", x)
a, b = ValueError("a"), ValueError("b")
try:
    try:
        raise a
    except ValueError:
        raise b
except ValueError:
    try:
        raise a
    except ValueError as x:
        print(repr(x.__context__), repr(b.__context__))


def f():
    try:
        raise KeyError
    finally:
        try:
            raise IndexError
        except IndexError:
            pass


try:
    f()
except KeyError as x:
    print(repr(x), repr(x.__context__))


def many():
    for i in range(10000):
        try:
            raise ValueError(i)
        except ValueError as v:
            last = v
    return last


print(many(), many().__context__)


class Meta(type):
    def __instancecheck__(cls, o):
        raise RuntimeError("never asked")


class Checked(Exception, metaclass=Meta):
    pass


try:
    raise Checked
except Checked:
    print("matched without asking")
