"""Sizes of objects and what changes among them, as the package pympler has them: asizeof, muppy, summary, tracker and
classtracker, with the functions and texts of pympler 1.1. Sizes are those of Ouro's heap.
"""

__version__ = "1.1"


def is_a(value, kinds):
    """What isinstance says without asking the object, whose __class__ may be code of the program."""
    return issubclass(type(value), kinds)


def in_units(size):
    """A number of bytes with its unit, as all tables show it."""
    if abs(size) < 1024:
        return f"{size}     B"
    for unit in ("KB", "MB", "GB"):
        size /= 1024
        if abs(size) < 1024 or unit == "GB":
            return f"{size:.2f} {unit}"
