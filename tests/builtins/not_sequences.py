# What is subscripted by keys, groups or parameters cannot be iterated over by places.
import operator
import re
import types

match = re.match("(a)(b)", "ab")
union = str | int


class Registered:
    def __getitem__(self, place):
        if place > 2:
            raise IndexError
        return place


for value in match, union, 5:
    for title, call in {
        "iter": lambda: iter(value),
        "list": lambda: list(value),
        "tuple": lambda: tuple(value),
        "set": lambda: set(value),
        "display": lambda: [*value],
        "call": lambda: print(*value),
        "own": lambda: (lambda *a: a)(*value),
        "reversed": lambda: reversed(value),
        "in": lambda: 1 in value,
        "bytes": lambda: bytes(value) if value != 5 else None,
        "bytearray": lambda: bytearray().extend(value),
        "concat": lambda: operator.concat(value, value),
        "index": lambda: operator.indexOf(value, 1),
        "difference": lambda: {1}.difference(value),
        "keys": lambda: {1: 2}.keys() - value,
        "join": lambda: "".join(value),
        "dict": lambda: dict(value),
    }.items():
        try:
            print(title, call())
        except TypeError as error:
            print(title, error)
    try:
        a, b = value
    except TypeError as error:
        print(error)
    try:
        for item in value:
            print(item)
    except TypeError as error:
        print(error)

print(list(Registered()), match[1], match["0" and 2], list(types.MappingProxyType({1: 2})))
