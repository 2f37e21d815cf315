# "Did you mean" for what was caught: names, attributes that `__getattr__` does not know, imports.
import traceback


class Plain:
    colour = 1
    _hidden = 2


class Asked:
    colour = 1

    def __getattr__(self, name):
        raise AttributeError()


class AskedWithName(Asked):
    def __getattr__(self, name):
        raise AttributeError("no", name=None, obj=None)


def local():
    somewhere = 1
    if not somewhere:
        somethin = 1
    print(somethin)


def free():
    def inner():
        print(later)
    inner()
    later = 1


def near():
    number = 1
    print(nunber, number)


def show(function):
    try:
        function()
    except Exception as error:
        print("".join(traceback.format_exception_only(error)), end="")
        print("   ", getattr(error, "name", "no name"), type(getattr(error, "obj", None)).__name__)


for test in (
    lambda: Plain().color, lambda: Plain()._hiden, lambda: Plain().hidden, lambda: Asked().color, lambda: AskedWithName().color,
    local, free, near, lambda: _io, lambda: math.pi, lambda: _collections_abc, lambda: lenn("x"), lambda: ValuError,
):
    show(test)


def imports():
    from sys import exitt


def imports_near():
    from sys import modles


show(imports)
show(imports_near)
