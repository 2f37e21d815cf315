"""One code object run again and again: with the globals as its namespace, with one of its own, with mappings."""

import sys

source = """
total = 0
for i in range(4):
    total = total + i * step
    last = i
label = f"{total} {last} {step}"
try:
    len = missing
except NameError as error:
    label = label + " " + str(error)
del last
"""
code = compile(source, "<body>", "exec")


def shown(namespace):
    return {key: value for key, value in namespace.items() if key != "__builtins__"}


def plainly(step):
    names = {"step": step}
    exec(code, names)
    return shown(names)


def beside(step):
    names, own = {"step": step}, {}
    exec(code, names, own)
    return shown(names), own


class Doubling(dict):
    """A namespace that answers otherwise than what it holds."""

    def __getitem__(self, key):
        value = super().__getitem__(key)
        return value * 2 if key == "step" else value


class Talking:
    """A namespace that is no dictionary."""

    def __init__(self):
        self.names = {}
        self.said = []

    def __getitem__(self, key):
        self.said.append("get " + key)
        return self.names[key]

    def __setitem__(self, key, value):
        self.said.append("set " + key)
        self.names[key] = value

    def __delitem__(self, key):
        self.said.append("del " + key)
        del self.names[key]


for _ in range(3):
    print(plainly(2))
print(beside(3))
print(plainly(4))
print(beside(5))
names = Doubling(step=3)
exec(code, {}, names)
print(dict(names))
talking = Talking()
exec(code, {"step": 1}, talking)
print(talking.names, len(talking.said), talking.said[:12])
print(plainly(6))

# A second code object that meets the mapping first, and one that only ever sees globals that are a subclass.
code = compile(source, "<body>", "exec")
print(beside(7))
print(plainly(8), plainly(9))
code = compile(source, "<body>", "exec")
names = Doubling(step=5)
exec(code, names)
print(shown(names))
print(plainly(10))
names = Doubling(step=6)
exec(code, names)
print(shown(names))

# The code is run again, with a namespace of its own, while it runs with the globals as its namespace.
nested = compile(
    """
depth = depth - 1
seen = []
for turn in range(3):
    x = (turn, depth)
    seen.append(x)
    if turn == 1 and depth > 0:
        again(depth)
    seen.append(x is seen[-1] and turn)
x = "end"
result = seen, x, len(seen)
""",
    "<nested>",
    "exec",
)


def again(depth):
    own = {"depth": depth}
    exec(nested, names, own)
    results.append((sorted(own), own["result"], "x" in names))
    if depth == 1:
        return
    inner = {"depth": depth - 1, "again": again}
    exec(nested, inner)
    results.append(inner["result"])


for first in (3, 2, 3):
    results = []
    names = {"depth": first, "again": again}
    exec(nested, names)
    print(names["result"])
    for result in results:
        print("  ", result)

# Names in a class body that is run again and again see the globals only where the class has none.
step = "outer"


def make(own):
    class Body:
        if own:
            step = own
        seen = [step for _ in (1,)], step
        count = 0
        while count < 3:
            count = count + 1
            found = step
    return Body.seen, Body.found, Body.count


for own in (None, "one", None, "two", "three", None):
    print(make(own))

# The counts of what the names hold are those of CPython in each of the ways.
counting = compile(
    """
import sys
held = []
for turn in range(3):
    other = held
count = sys.getrefcount(held)
""",
    "<counting>",
    "exec",
)
for own in (None, {}, None):
    names = {}
    exec(counting, names, own)
    print((names if own is None else own)["count"])

# Code of a module in functions: their globals answer for themselves where they are no plain dictionary.
import types


class Noting(dict):
    """Globals that note what is stored, and know nothing when they are asked."""

    def __setitem__(self, key, value):
        noted.append(key)
        super().__setitem__(key, value)

    def __getitem__(self, key):
        raise KeyError(key)


code = compile("a\nx = 1\nx = a", "<code>", "exec")
for made in (False, True):
    for _ in range(2):
        plain = {"a": 1, "x": 0}
        exec(code, plain)
        noted = []
        if made:
            function = types.FunctionType(code, Noting(a=5, x=0))
        else:
            function = types.FunctionType((lambda: None).__code__, Noting(a=6, x=0))
            function.__code__ = code
        function()
        print(plain["x"], noted, dict(function.__globals__)["x"])
    code = compile("a\nx = 1\nx = a", "<code>", "exec")
