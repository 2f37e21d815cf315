# What an event loop sees of asynchronous generators, and what happens at their end.
import sys
import warnings

warnings.simplefilter("always")


async def numbers():
    try:
        yield 1
        yield 2
    finally:
        print("finally")


def drive(awaitable):
    try:
        while True:
            awaitable.send(None)
    except StopIteration as stop:
        return stop.value


print(sys.get_asyncgen_hooks())
sys.set_asyncgen_hooks(firstiter=lambda agen: print("first", agen.__name__), finalizer=lambda agen: print("end", agen.ag_running))
agen = numbers()
print(drive(agen.__anext__()), drive(agen.asend(None)))
del agen
sys.set_asyncgen_hooks(None, None)
print(sys.get_asyncgen_hooks()[0])

agen = numbers()
first = agen.asend(None)
for call in (lambda: first.throw(ValueError("thrown")), lambda: first.send(None), lambda: agen.asend(1, 2)):
    try:
        call()
    except Exception as error:
        print(type(error).__name__, error)

agen = numbers()
closing = agen.aclose()
print(drive(closing))
try:
    closing.send(None)
except RuntimeError as error:
    print(error)


async def stubborn():
    while True:
        try:
            yield 1
        except GeneratorExit:
            pass


agen = stubborn()
print(drive(agen.asend(None)))
try:
    agen.aclose().send(None)
except RuntimeError as error:
    print(error)


async def stops():
    yield 1
    raise StopAsyncIteration


agen = stops()
print(drive(agen.asend(None)))
try:
    drive(agen.asend(None))
except RuntimeError as error:
    print(error, repr(error.__cause__))


async def default():
    agen = numbers()
    return [await anext(agen, "none") for _ in range(4)]


print(drive(default()))
for bad in (lambda: anext(1), lambda: aiter(1)):
    try:
        bad()
    except TypeError as error:
        print(error)
