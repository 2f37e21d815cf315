# expect: err
"""Finalizers at the end of the program: sys.is_finalizing(), imports that come too late, warnings of what dies."""
import atexit
import sys

atexit.register(lambda: print("atexit", sys.is_finalizing()))


class Late:
    def __del__(self, sys=sys):
        print("finalizer", sys.is_finalizing())
        for name in ("json", "sys"):
            try:
                __import__(name)
            except ImportError as error:
                print(repr(error))


async def coroutine():
    pass


async def generator(value):
    yield value


def dies_here():
    # Its warning names this line.
    values.asend(None)


values = generator(1)
dies_here()
first, second = values.asend(None), values.asend(None)
waiting = coroutine()
late = Late()
print("end", sys.is_finalizing())
