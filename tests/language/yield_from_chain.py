"""`yield from` generators: what is sent, returned, raised and thrown passes through every level."""
import sys


def leaf(name):
    got = []
    try:
        while True:
            item = yield f"{name}{len(got)}"
            got.append(item)
            if item == "stop":
                return got
            if item == "fail":
                raise ValueError(name)
    finally:
        print("leaf", name, "ends")


def middle(name):
    result = yield from leaf(name)
    print("middle has", result)
    try:
        result = yield from leaf(name + name)
    except (ValueError, KeyError) as error:
        print("middle caught", type(error).__name__, error, "in", sys._getframe().f_code.co_name)
        result = None
    return "end", result


def top():
    print("top has", (yield from middle("a")))
    yield from ()
    yield from [1, 2]
    yield "last"


walk = top()
print(next(walk), walk.gi_yieldfrom.gi_code.co_name, walk.gi_running)
print(walk.send(5), walk.send("stop"), walk.send(None))
print(walk.send("fail"), walk.send(None), next(walk), next(walk, "over"))

# Thrown into the innermost one.
walk = top()
next(walk)
walk.send("stop")
print(walk.throw(KeyError("thrown")))
walk.close()

# A value cannot be sent to a delegate that has not started.
def impatient():
    inner = leaf("x")
    sent = yield "ready"
    try:
        inner.send(sent)
    except TypeError as error:
        print(error)
    return (yield from inner)


walk = impatient()
print(next(walk), walk.send(1), walk.send(2))
try:
    walk.send("stop")
except StopIteration as stop:
    print(stop.value)


# A delegate that is running already, and one that has ended.
def itself():
    yield 1
    yield from me


me = itself()
print(next(me))
try:
    next(me)
except ValueError as error:
    print(error)
print(list(me))


def ended():
    done = (i for i in range(2))
    yield from done
    print((yield from done))


print(list(ended()))


# What is sent is held by the yield expression alone.
class Token:
    def __del__(self):
        print("token dies")


def holder():
    while True:
        token = yield
        print("held", sys.getrefcount(token))
        del token


def outer():
    yield from holder()


walk = outer()
next(walk)
walk.send(Token())
print("sent")
walk.close()


# The traceback has a line for each level.
def lowest():
    yield 1
    raise RuntimeError("deep")


def level(n):
    yield from (level(n - 1) if n else lowest())


import traceback
try:
    for _ in level(3):
        pass
except RuntimeError as error:
    print([(frame.name, frame.line) for frame in traceback.extract_tb(error.__traceback__)])

# Too deep.
sys.setrecursionlimit(200)
try:
    for _ in level(500):
        pass
except RecursionError:
    print("too deep")


# While an exception is handled, each level has its own.
def handling():
    try:
        raise KeyError("inner")
    except KeyError:
        yield sys.exception()
        yield sys.exception()


def passing():
    yield from handling()


walk = passing()
try:
    raise ValueError("outer")
except ValueError:
    print(repr(next(walk)), repr(sys.exception()))
print(repr(next(walk)), sys.exception())
