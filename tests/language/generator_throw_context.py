# What is thrown into a generator gets the exception that the generator handles as its context.
def generator():
    try:
        raise KeyError("a")
    except KeyError:
        yield


made = generator()
next(made)
try:
    made.throw(ValueError)
except ValueError as error:
    print(repr(error.__context__))


class Strange(Exception):
    def __new__(cls, *args):
        return cls


made = generator()
next(made)
try:
    made.throw(Strange)
except TypeError as error:
    print(error)
made = (lambda: (yield 1))()
print(next(made))
try:
    made.send(2)
except StopIteration as stop:
    print(stop.value)

a, b, c = ValueError("a"), ValueError("b"), ValueError("c")
try:
    try:
        raise a
    except ValueError:
        a.__context__, b.__context__ = b, a
        raise c
except ValueError as error:
    print(error, repr(error.__context__))
