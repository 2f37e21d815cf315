# expect: err
"""Files that die are closed at once, and those that nobody has closed get a warning that tells where they were opened."""
import gc
import io
import sys
import tracemalloc
import warnings

warnings.simplefilter("always")


def forget(*args, **options):
    file = open(*args, **options)
    file = None


name = "/dev/null"
forget(name)
forget(name, "rb")
forget(name, "wb")
forget(name, "r+b")
forget(name, "rb", buffering=0)
forget(name, "w", encoding="latin-1")
with open(name) as file:
    pass
file = None
file = open(name)
file.close()
file = None
file = open(name)
forget(file.fileno(), closefd=False)
file.close()

# What stands below is closed with it, whoever holds it.
file = open(name)
below = file.buffer
raw = below.raw
file = None
print(below.closed, raw.closed)
file = open(name, "rb")
raw = file.raw
file = None
print(raw.closed)
bytes_below = io.BytesIO(b"text")
file = io.TextIOWrapper(bytes_below)
file = None
print(bytes_below.closed)
bytes_below = io.BytesIO(b"text")
file = io.TextIOWrapper(bytes_below)
file.detach()
file = None
print(bytes_below.closed)


class Text(io.TextIOWrapper):
    def close(self):
        print("closing", self.closed)
        super().close()


class Raw(io.FileIO):
    def close(self):
        print("closing", self.closed)
        super().close()


class Fails(io.FileIO):
    def close(self):
        super().close()
        raise ValueError("not to be seen")


file = Text(io.BytesIO())
file = None
file = Raw(name)
file.attribute = file
file = None
gc.collect()
file = Fails(name)
file = None
file = Raw(name)
file.close()
file = None

tracemalloc.start(2)
forget(name)
tracemalloc.stop()
warnings.simplefilter("error")
forget(name)
warnings.simplefilter("ignore")
forget(name)


# Brought back by who catches the warning.
warnings.simplefilter("always")
with warnings.catch_warnings(record=True) as caught:
    forget(name)
print(len(caught), caught[0].category.__name__, caught[0].source.closed, sys.getrefcount(caught[0].source) - 1)
caught.clear()
