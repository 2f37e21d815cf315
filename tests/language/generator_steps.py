"""Generators that are stepped, delegate and end in every way: what they hold, handle and show meanwhile."""
import gc
import sys


class Noisy:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("end of", self.name)


# Counts: a running generator and its function are held by nobody more than a suspended one's.
def counted():
    yield sys.getrefcount(holder[0]), sys.getrefcount(counted)
    yield sys.getrefcount(holder[0]), sys.getrefcount(counted)


holder = [counted()]
resting = sys.getrefcount(holder[0]), sys.getrefcount(counted)
print([tuple(now - then for now, then in zip(pair, resting)) for pair in holder[0]])


# Unbound locals, more registers than two, and none at all.
def unbound(flag):
    if flag:
        a = b = c = d = e = 1
    yield "first"
    try:
        yield a, b, c, d, e
    except UnboundLocalError as error:
        yield str(error)


print(list(unbound(True)), list(unbound(False)))


def bare():
    yield
    yield


print(list(bare()), sum(1 for _ in bare()))


# What is sent is used, is forgotten, or replaces what goes with a noise.
def receiver():
    x = Noisy("a local")
    while True:
        x = yield
        yield x


r = receiver()
print(next(r), r.send(1), next(r), r.send(None), next(r), r.send("two"))
r.close()


# Delegation through several levels: values sent, thrown, returned.
def innermost():
    got = yield "one"
    print("got", got)
    try:
        yield "two"
    except ValueError as error:
        print("caught", error)
        yield "three"
    return "result"


def middle(depth):
    if depth:
        return (yield from middle(depth - 1))
    return (yield from innermost())


m = middle(4)
print(next(m), m.send("sent"), m.throw(ValueError("thrown")))
try:
    next(m)
except StopIteration as stop:
    print("stopped", stop.value)
print(list(middle(5)), sum(len(x) for x in middle(3)))
for x in middle(2):
    print(x, end=" ")
print()


# An exception that is being handled by the resumer, by the generator, or by one that delegates.
def handler(depth):
    if depth:
        yield from handler(depth - 1)
        return
    yield repr(sys.exception())
    try:
        raise KeyError("inner")
    except KeyError:
        yield repr(sys.exception())
        yield repr(sys.exception())
    yield repr(sys.exception())


def handles_around(depth):
    try:
        raise TypeError("around")
    except TypeError:
        yield from handler(depth)


for make in handler, handles_around:
    for depth in 0, 1, 3:
        print([x for x in make(depth)], repr(sys.exception()))
        try:
            raise OSError("resumer")
        except OSError:
            print(list(make(depth)), repr(sys.exception()))
            g = make(depth)
            next(g)
        print(next(g), next(g), repr(sys.exception()))


# Frame objects, asked for while it is suspended and while it runs.
def framed():
    value = 1
    yield value
    sys._getframe().f_locals["value"] = 5
    yield value
    yield running[0].gi_frame.f_lineno - running[0].gi_code.co_firstlineno, running[0].gi_running


running = [framed()]
frame = running[0].gi_frame
print(frame.f_locals, next(running[0]), frame.f_lineno - framed.__code__.co_firstlineno, frame.f_locals)
frame.f_locals["value"] = 3
print(frame.f_locals, next(running[0]), next(running[0]), list(running[0]), running[0].gi_frame)


# The function gets other code, or goes, while its generator runs.
def replacement():
    yield "new"


def replaced():
    yield "old"
    replaced.__code__ = replacement.__code__
    yield "still old"
    yield sys._getframe().f_code.co_name


print(list(replaced()), list(replaced()))


def make():
    def inner():
        nonlocal inner
        yield 1
        del inner
        gc.collect()
        yield 2
    return inner()


print(list(make()))


# What dies with the locals of an ending generator.
def ends():
    local, other = Noisy("local"), Noisy("other")
    yield 1
    return [local.name, other.name]


def ends_through():
    local = Noisy("around")
    print((yield from ends()))


print(list(ends()), list(ends_through()))


# Native code that runs generators in between.
def pairs(n):
    for i in range(n):
        yield i, sum(x for x in range(i))


print(dict(pairs(5)), sorted(pairs(4), key=lambda pair: -pair[0]), max(pairs(6)), list(zip(*pairs(3))))
print(any(x > 3 for x in (y * 2 for y in range(5))), all(sum(z for z in range(y)) < 9 for y in range(5)))


# Ends by exceptions, in a loop, in native code and below others.
def fails(depth):
    if depth:
        yield from fails(depth - 1)
    else:
        yield 1
        raise StopIteration("not the end")


for consume in list, sum, max, lambda g: [x for x in g]:
    try:
        consume(fails(2))
    except RuntimeError as error:
        print(error, repr(error.__cause__))


# Too deep: the limit holds for steps, too.
def deep(n):
    if n:
        yield from deep(n - 1)
    yield n


print(len(list(deep(50))))
try:
    list(deep(5000))
except RecursionError as error:
    print(type(error).__name__)
print(len(list(deep(50))))


# A delegate that goes before the generator goes on may not step it.
class Delegate:
    def __iter__(self):
        return self

    def __next__(self):
        return "item"

    def throw(self, *args):
        raise StopIteration("thrown away")

    def __del__(self):
        try:
            next(outer[0])
        except ValueError as error:
            print(error)


def delegating():
    result = yield from Delegate()
    yield result


outer = [delegating()]
print(next(outer[0]), outer[0].throw(KeyError), list(outer[0]))
