# __dict__ of exceptions: those of classes with __slots__ have one, too.
class Plain(Exception):
    pass


class Slotted(Exception):
    __slots__ = ("u",)


class Both(OSError, Plain):
    __slots__ = ()


for error in (ValueError(1), Plain(1), Slotted(1), Both(1, "two"), KeyboardInterrupt(), ExceptionGroup("g", [KeyError()])):
    print(type(error).__name__, error.__dict__, vars(error))
    error.x = 1
    error.add_note("n")
    print(error.__dict__, error.__dict__ is vars(error), error.__reduce__()[2])
    error.__dict__ = {"z": 2}
    print(error.z, hasattr(error, "x"), vars(error))
    for change in (
        lambda: setattr(error, "__dict__", 5),
        lambda: delattr(error, "__dict__"),
    ):
        try:
            change()
        except TypeError as fault:
            print(fault)
    print(vars(error), "__dict__" in dir(error), "__dict__" in type(error).__dict__)

error = Slotted(1)
error.u = 3
error.w = 4
print(error.u, error.w, vars(error))
print(BaseException.__dict__["__dict__"], BaseException.__dict__["__dict__"].__get__(KeyError()))
print(object.__getattribute__(error, "__dict__"))
