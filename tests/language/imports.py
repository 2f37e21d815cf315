import helpers_pkg
import helpers_pkg.sub.leaf
import helpers_pkg.tools as t
from helpers_pkg import tools, VALUE as v
from helpers_pkg.sub import leaf, up
from _helper_module import *
import _helper_module as hm
import sys

print(helpers_pkg.VALUE, v, t is tools, leaf.NAME, helpers_pkg.sub.leaf is leaf, up)
print(public, hm._private, "_private" in globals(), "hidden" in globals())
print(t.__name__, t.__package__, helpers_pkg.__name__, helpers_pkg.__package__, leaf.__name__, leaf.parent_value())
print("helpers_pkg.tools" in sys.modules, sys.modules["helpers_pkg"] is helpers_pkg, __name__)
import _helper_module
print(_helper_module is hm, hm.counter)
print(helpers_pkg.__doc__, [n for n in dir(hm) if not n.startswith("__")])
for text in ("import nope", "import helpers_pkg.nope", "from helpers_pkg import nope", "from helpers_pkg.nope import x",
             "import math.nope", "from . import x", "from .sib import x", "import nope.deeper"):
    try:
        exec(text)
    except ImportError as e:
        print(text, "->", type(e).__name__, str(e).split(" (/")[0].split(" (unknown")[0].split(" (helpers")[0])


def local_import():
    import math as m, os
    return m.floor(2.5), os.sep


print(local_import(), "m" in globals())
try:
    import _helper_broken
except ZeroDivisionError as e:
    print("broken:", e, "_helper_broken" in sys.modules)
print(__import__("helpers_pkg.sub").__name__, __import__("helpers_pkg.sub", fromlist=["leaf"]).__name__)
del sys.modules["_helper_module"]
import _helper_module as again
print(again is hm)
