# expect: err
"""Warnings about an object tell where it was allocated, or how to find out."""
import sys
import tracemalloc
import warnings

warnings.simplefilter("always")


class Thing:
    pass


def make():
    return Thing()


def warn(thing):
    warnings.warn("about it", ResourceWarning, source=thing)


async def coroutine():
    pass


def forget():
    coroutine()


thing = make()
warn(thing)
forget()
for frames in (1, 3):
    tracemalloc.start(frames)
    warn(thing)
    other = make()
    warn(other)
    forget()
    tracemalloc.stop()
    print(warnings.formatwarning("text", UserWarning, "file", 3, "line"), end="")
with warnings.catch_warnings(record=True) as caught:
    warn(thing)
print(caught[0].source is thing, caught[0])
warnings.showwarning = lambda *args, **options: print(args[1:], options)
warn(thing)
warnings.showwarning = None
try:
    warn(thing)
except TypeError as error:
    print(error)
