# The pieces in which `iterencode` and `dump` give a text, each made when it is asked for.
import json

values = [
    [1, "a", None, True, 1.5, [], [2], {}],
    {"a": 1, "b": "x", "c": [1, [2]], "d": {}, "e": {"f": {}}},
    {b"left out": 1},
    [{b"left out": 1}, {b"left out": 1, "y": 2}, {"y": 2, b"left out": 1}],
    (),
    "text",
    1,
    [[{(1, 2): 3, "q": []}], 2],
]
for options in {}, {"indent": 1}, {"indent": 0, "skipkeys": True}, {"skipkeys": True}, {"indent": "\t", "sort_keys": True}:
    for value in values:
        try:
            print(list(json.JSONEncoder(**options).iterencode(value)))
            print(repr(json.dumps(value, **options)))
        except TypeError as error:
            print(error)

pieces = json.JSONEncoder().iterencode([1, {"a": object()}])
print(next(pieces))
try:
    for piece in pieces:
        print(piece)
except TypeError as error:
    print(error)


class File:
    def write(self, text):
        print("write", repr(text))


def dump(value, **options):
    try:
        json.dump(value, File(), **options)
    except (TypeError, ValueError) as error:
        print(error)


dump([1, 2, {"a": [object()]}])
dump({"a": [1, 2]}, indent=1)
circle = []
circle.append(circle)
dump(circle)
dump({"a": circle})
dump([object()], default=lambda o: [1])
same = object()
dump([same], default=lambda o: [same])
