"""Memoryviews of half floats; subscripts of unions; texts of arity errors by class."""
import struct
from typing import TypeVar


class L(list):
    pass


def attempt(function):
    try:
        print(repr(function()))
    except Exception as error:
        print(type(error).__name__, error)


data = bytearray(struct.pack("4e", 1.5, -2.0, 65504.0, 0.1))
view = memoryview(data).cast("e")
print(view.tolist(), view.itemsize, view[0])
view[1] = 0.25
print(view[1], data)
for value in 1e6, "x", 7, float("inf"), None:
    def assign():
        view[0] = value
        return view[0]
    attempt(assign)
print(view == memoryview(bytes(data)).cast("e"))

T = TypeVar("T")
attempt(lambda: (int | str)[int])
attempt(lambda: (int | list[T])[str])
attempt(lambda: (int | list[T]).__parameters__)
attempt(lambda: (int | list[T])[int, str])
attempt(lambda: "x{a[0]}".format(a=int | str))

attempt(lambda: L().append())
bound = L().append
attempt(lambda: bound())
attempt(lambda: True.bit_length(1))
bound_to_bool = True.bit_length
attempt(lambda: bound_to_bool(1))
attempt(lambda: ValueError().add_note())
attempt(lambda: issubclass())
attempt(lambda: issubclass(1, 2, 3))
attempt(lambda: str(1, 2, 3, 4))
attempt(lambda: str(1, 2, 3, errors=4))
attempt(lambda: super(1, 2, 3))
attempt(lambda: [].sort(1))
attempt(lambda: [].sort(1, 2, 3))
attempt(lambda: int.from_bytes(b"", "big", 3))
attempt(lambda: int.from_bytes(1, 2, 3, 4))
attempt(lambda: "x".format(*1))
attempt(lambda: len(*1))
attempt(lambda: struct.calcsize(*1))
attempt(lambda: (number for number in []).gi_frame.f_lineno)
text = "abc def"
print(text.replace("abc", "abc") is text)


class Blocked(bytearray):
    __bytes__ = None


attempt(lambda: bytes(Blocked(b"x")))
attempt(lambda: 0.0 ** float("-inf"))
