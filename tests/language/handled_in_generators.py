"""What a generator handles belongs to it: sys.exception(), contexts and a bare raise across yield, throw and close."""
import sys


def shown(exception):
    return type(exception).__name__ + str(exception.args) if exception is not None else None


def chain(exception):
    parts = []
    while exception is not None:
        parts.append(shown(exception))
        exception = exception.__context__
    return " <- ".join(parts)


def say(*what):
    print(*(shown(item) if isinstance(item, BaseException) else item for item in what))


# The thrown exception is the very one that the caller handles.
def keeper():
    try:
        yield 1
    except ValueError:
        say("inside", sys.exception())
        yield 2
        say("after", sys.exception())
        try:
            raise
        except ValueError as again:
            say("raised again", again)
        yield 3
    say("end", sys.exception())
    yield 4


print("-- the same exception")
made = keeper()
next(made)
try:
    raise ValueError("same")
except ValueError as error:
    print(made.throw(error))
    say("caller", sys.exception())
say("outside", sys.exception())
print(next(made))
say("outside", sys.exception())
print(next(made))
say("outside", sys.exception())


# A generator started inside a handler sees the caller's, and saves its own.
def nested():
    say("start", sys.exception())
    yield 1
    say("resumed", sys.exception())
    try:
        raise KeyError("own")
    except KeyError as error:
        print(chain(error))
        yield 2
        say("own", sys.exception())
        try:
            raise IndexError("inner")
        except IndexError as error:
            print(chain(error))
            yield 3
            say("own inner", sys.exception())
        say("own outer", sys.exception())
        yield 4
        say("own outer", sys.exception())
    say("none of its own", sys.exception())
    yield 5
    say("none of its own", sys.exception())


print("-- started in a handler, resumed in others")
try:
    raise TypeError("first")
except TypeError:
    made = nested()
    print(next(made))
    print(next(made))
    say("caller", sys.exception())
say("caller", sys.exception())
print(next(made))
try:
    raise OSError("second")
except OSError:
    print(next(made))
    say("caller", sys.exception())
    print(next(made))
    say("caller", sys.exception())
print(next(made, "end"))
say("caller", sys.exception())

print("-- started in a handler, resumed outside, all steps")
try:
    raise TypeError("first")
except TypeError:
    made = nested()
    next(made)
    next(made)
for item in made:
    say("step", item, sys.exception())


# yield from: the delegate's resumer is the delegating generator, or who throws.
def inner():
    say("inner", sys.exception())
    try:
        yield "a"
    except LookupError as error:
        print("thrown:", chain(error))
        say("inner", sys.exception())
        yield "b"
        say("inner", sys.exception())
    say("inner", sys.exception())
    yield "c"
    say("inner end", sys.exception())


def outer():
    try:
        raise ArithmeticError("outer")
    except ArithmeticError:
        yield from inner()
        say("outer", sys.exception())
    say("outer end", sys.exception())


print("-- yield from")
made = outer()
print(next(made))
try:
    raise RuntimeError("caller")
except RuntimeError:
    print(made.throw(LookupError("thrown")))
    say("caller", sys.exception())
    print(next(made))
    say("caller", sys.exception())
print(next(made, "end"))

print("-- yield from, outside of handlers")
made = outer()
print(next(made))
print(made.throw(LookupError("thrown")))
print(list(made))


# close() inside a handler.
def closing():
    try:
        yield
    except GeneratorExit as exit:
        print("closing:", chain(exit))
        say("now", sys.exception())
        raise


def closing_in_handler():
    try:
        raise KeyError("handled")
    except KeyError:
        try:
            yield
        finally:
            print("finally:", chain(sys.exception()))
            try:
                raise
            except GeneratorExit:
                print("the exit")
                raise


print("-- close")
for function in closing, closing_in_handler:
    made = function()
    next(made)
    try:
        raise ValueError("at close")
    except ValueError:
        made.close()
        say("caller", sys.exception())
    made = function()
    next(made)
    made.close()
    made = function()
    next(made)
    try:
        raise ValueError("at the end")
    except ValueError:
        del made
        say("caller", sys.exception())


# What leaves a generator has contexts of both.
def failing():
    try:
        raise KeyError("own")
    except KeyError:
        yield 1
        raise IndexError("out")


def passing():
    yield 1
    raise IndexError("out")


def bare():
    yield 1
    raise


def bare_of_own():
    try:
        1 / 0
    except ZeroDivisionError:
        yield 1
        raise


print("-- leaving")
for function in failing, passing, bare, bare_of_own:
    for handles in False, True:
        made = function()
        next(made)
        try:
            if handles:
                try:
                    raise ValueError("caller")
                except ValueError:
                    next(made)
            else:
                next(made)
        except BaseException as error:
            print(function.__name__, handles, chain(error))
        say(sys.exception())

print("-- thrown into")
for function in failing, passing, bare_of_own:
    for handles in False, True:
        made = function()
        next(made)
        try:
            if handles:
                try:
                    raise ValueError("caller")
                except ValueError:
                    made.throw(OSError("thrown"))
            else:
                made.throw(OSError("thrown"))
        except BaseException as error:
            print(function.__name__, handles, chain(error))
        made = function()
        try:
            try:
                raise ValueError("caller")
            except ValueError:
                made.throw(OSError("before the start"))
        except BaseException as error:
            print(function.__name__, handles, chain(error))


# References: the generator and its resumer hold what they handle once.
def counted():
    while True:
        yield sys.getrefcount(sys.exception())


print("-- counts")
made = counted()
print(next(made) > 1000)
try:
    raise ValueError
except ValueError as error:
    a = sys.getrefcount(error)
    print(next(made) - a, next(made) - a)


def counting():
    try:
        raise ValueError
    except ValueError as error:
        yield sys.getrefcount(error)
        yield sys.getrefcount(error)


print(list(counting()))
try:
    raise KeyError
except KeyError:
    print(list(counting()))


# Functions called in between, generators inside generators, expressions.
def function(depth):
    say("function", depth, sys.exception())
    try:
        raise ValueError(depth)
    except ValueError as error:
        print(chain(error))
        if depth:
            print(sum(walk(depth - 1)))
        say("function", depth, sys.exception())
    say("function", depth, sys.exception())


def walk(depth):
    yield 1
    function(depth)
    try:
        raise KeyError(depth)
    except KeyError:
        yield 2
        function(depth)
        yield 3
    say("walk", depth, sys.exception())


print("-- nested")
function(2)
try:
    raise OSError("outside")
except OSError:
    function(1)
    print([type(sys.exception()).__name__ for _ in walk(0)])
    print(list(type(sys.exception()).__name__ for _ in range(2)))
say(sys.exception())


# Coroutines and asynchronous generators.
class Pause:
    def __await__(self):
        got = yield "pause"
        return got


async def task():
    say("task", sys.exception())
    try:
        raise KeyError("task")
    except KeyError:
        await Pause()
        say("task", sys.exception())
        await subtask()
        say("task", sys.exception())
        try:
            raise
        except KeyError as error:
            print(chain(error))
    say("task", sys.exception())
    await Pause()
    say("task end", sys.exception())


async def subtask():
    say("subtask", sys.exception())
    try:
        await Pause()
    except ValueError as error:
        print("thrown", chain(error))
    say("subtask", sys.exception())


print("-- coroutines")
for thrown in None, "new", "same":
    for handles in False, True:
        print(thrown, handles)
        made = task()
        made.send(None)
        made.send(None)
        if handles:
            try:
                raise ValueError("handled")
            except ValueError as error:
                if thrown == "same":
                    made.throw(error)
                elif thrown:
                    made.throw(ValueError("new"))
                else:
                    made.send(None)
                say("caller", sys.exception())
        elif thrown:
            made.throw(ValueError("new"))
        else:
            made.send(None)
        say("caller", sys.exception())
        try:
            made.send(None)
        except StopIteration:
            say("caller", sys.exception())


async def numbers():
    say("numbers", sys.exception())
    try:
        yield 1
    except ValueError as error:
        print("thrown", chain(error))
        yield 2
        say("numbers", sys.exception())
        await Pause()
        say("numbers", sys.exception())
        try:
            raise TypeError("numbers")
        except TypeError as error:
            print(chain(error))
    yield 3
    say("numbers", sys.exception())


def drive(awaitable):
    iterator = awaitable.__await__()
    try:
        while True:
            next(iterator)
    except StopIteration as stop:
        return stop.value


print("-- asynchronous generators")
made = numbers()
print(drive(made.__anext__()))
try:
    raise ValueError("same")
except ValueError as error:
    print(drive(made.athrow(error)))
    say("caller", sys.exception())
print(drive(made.__anext__()))
try:
    raise OSError("caller")
except OSError:
    try:
        drive(made.__anext__())
    except StopAsyncIteration as stop:
        print(chain(stop))
made = numbers()
drive(made.__anext__())
try:
    raise OSError("caller")
except OSError:
    drive(made.aclose())
    say("caller", sys.exception())


async def looping():
    try:
        raise KeyError("looping")
    except KeyError:
        async for number in numbers():
            say("body", number, sys.exception())
        async with Manager():
            say("with", sys.exception())
    say("end", sys.exception())


class Manager:
    async def __aenter__(self):
        say("enter", sys.exception())
        await Pause()

    async def __aexit__(self, *details):
        say("exit", sys.exception())
        await Pause()
        say("exit", sys.exception())


drive(looping())
try:
    raise OSError("caller")
except OSError:
    drive(looping())
    say("caller", sys.exception())
say("caller", sys.exception())
