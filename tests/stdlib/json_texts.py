"""json: what is written and read, with all options, and what is wrong in texts."""
import enum
import io
import json
import json.decoder
import json.encoder


def attempt(function, *args, **options):
    try:
        result = function(*args, **options)
    except Exception as error:
        print(f"{type(error).__module__}.{type(error).__qualname__}: {error}")
    else:
        print(repr(result))


class Colour(enum.IntEnum):
    RED = 1


class Number(int):
    def __repr__(self):
        return "number"


class Real(float):
    def __repr__(self):
        return "real"


class Text(str):
    pass


class Point:
    def __init__(self, x):
        self.x = x


VALUES = [
    None, True, False, 0, -1, 10**30, 1.5, 1e100, -0.0, 1e16, 1e-7, "", "a\"b\\c/\b\f\n\r\t\x00\x1f\x7f\x80é€😀\ud800",
    [], {}, (), [1, [2, [3, []]]], {"a": {"b": {}}}, {1: 2, 1.5: 3, None: 4, True: 5, False: 6}, (1, "a", None),
    Colour.RED, Number(5), Real(2.5), Text("t"), {Colour.RED: Text("v"), Number(7): Real(0.5)}, float("nan"),
    float("inf"), -float("inf"), {"z": 1, "a": [1, {"c": 2, "b": []}]}, [[], {}, [{}], {"a": []}], {float("nan"): 1},
]
OPTIONS = [
    {}, {"indent": 2}, {"indent": 0}, {"indent": "\t"}, {"sort_keys": True, "indent": 1}, {"ensure_ascii": False},
    {"separators": (",", ":")}, {"separators": (" ; ", " = "), "indent": 3}, {"allow_nan": False},
    {"check_circular": False}, {"skipkeys": True},
]
for value in VALUES:
    for options in OPTIONS:
        attempt(lambda: ascii(json.dumps(value, **options)))

print("-- what cannot be written")
loop = []
loop.append(loop)
ring = {}
ring["ring"] = [ring]
for value in Point(1), [Point(1)], {1, 2}, b"bytes", {(1, 2): 3}, {b"k": 1}, loop, ring, 1j, {1: 2, "a": 3}, range(3):
    attempt(json.dumps, value)
    attempt(json.dumps, value, sort_keys=True)
    attempt(json.dumps, value, skipkeys=True, default=str) if value is not loop and value is not ring else None
attempt(json.dumps, Point(3), default=lambda point: {"x": point.x})
attempt(json.dumps, Point(3), default=lambda point: point)
attempt(json.dumps, {(1, 2): 1, "b": 2}, skipkeys=True)
attempt(json.dumps, {(1, 2): 1}, skipkeys=True)


class Encoder(json.JSONEncoder):
    def default(self, o):
        if isinstance(o, Point):
            return ["point", o.x]
        return super().default(o)


attempt(json.dumps, [Point(1), {"p": Point([2])}], cls=Encoder)
attempt(json.dumps, {1, 2}, cls=Encoder)
print("".join(Encoder(indent=1).iterencode([Point(1)])))
print(Encoder().encode("text"), json.JSONEncoder(separators=("a", "b")).encode({1: [2, 3]}))
file = io.StringIO()
json.dump({"a": [1, 2.5, None]}, file)
json.dump([1], file, indent=1)
print(file.getvalue())

print("-- reading")
TEXTS = [
    "", " ", "null", " true ", "false", "nul", "tru", "0", "-0", "-", "01", "1.", "1.5", ".5", "1e5", "1E+2", "1e",
    "-1.5e-3", "1" * 30, "NaN", "Infinity", "-Infinity", "-Inf", '"', '"a', '"a"', '"a" b', '"\\"', '"\\', '"\\x"',
    '"\\u12"', '"\\u12g4"', '"\\u00e9"', '"\\ud83d\\ude00"', '"\\ud83d"', '"\\ud83d\\u0041"', '"\\ude00\\ud83d"',
    '"\\ud83d\\u"', '"\\b\\f\\n\\r\\t\\/\\\\"', '"a\nb"', '"a\tb"', '"\x00"', "[", "[]", "[ ]", "[1", "[1,", "[1,]",
    "[1, ]", "[1 2]", "[,]", "[1,,2]", "[[[]]]", "]", "{", "{}", "{ }", '{"a"', '{"a":', '{"a":1', '{"a":1,',
    '{"a":1,}', '{"a":1 , }', '{"a" 1}', '{"a":}', "{1:2}", "{,}", "{'a':1}", '{"a":1 "b":2}', '{"a":1,,}', "}",
    '{"a":1, "b":[true, false, null, {"c":"d"}]}', '{"a":1,"a":2}', "1 2", "[1]\n\n x", "\n\n  ?", "\ufeff1", "nan",
    "+1", "0x1", "1_0", "\u0661", "[1\u00a0]", '\n\n{"a":\n  [1,\n   x]}', "[\"a\",\n\"b\n", "True", "None", "--1", "1e400",
    "-1e400", '{"\\u0061":1}', '{"a\\q":1}', "//", "[1]//", '""', '"é€😀"', "[\r\n\t1\r\n\t]", "[\x0c1]",
]
for text in TEXTS:
    attempt(json.loads, text)
for text in '"a\nb"', '"\x01\t"', '"\\x"', '"a':
    attempt(json.loads, text, strict=False)
attempt(json.loads, '[1, 2.5, NaN, {"a": 3}]', parse_int=str, parse_float=lambda text: ("f", text),
        parse_constant=lambda text: ("c", text))
attempt(json.loads, '{"a": {"b": 1}, "c": [{}]}', object_hook=lambda made: sorted(made.items()))
attempt(json.loads, '{"a": {"b": 1}, "a": [{}]}', object_pairs_hook=lambda pairs: ("pairs", pairs))
for data in b"[1]", bytearray(b'"\xc3\xa9"'), "[1]".encode("utf-16"), '"é"'.encode("utf-16-le"), '"é"'.encode("utf-16-be"), \
        '"é"'.encode("utf-32"), "1".encode("utf-16-le"), '"é"'.encode("utf-8-sig"), b"\xff", b"", '[1]'.encode("utf-32-be"):
    attempt(json.loads, data)
for wrong in 1, None, [], memoryview(b"1"):
    attempt(json.loads, wrong)
attempt(json.load, io.StringIO('{"a": 1}'))
attempt(json.load, io.BytesIO(b"[2]"))
attempt(json.loads, "1", unknown=1)
attempt(json.dumps, 1, unknown=1)
decoder = json.JSONDecoder()
attempt(decoder.raw_decode, "[1] rest")
attempt(decoder.raw_decode, "x[1] rest", 1)
attempt(decoder.raw_decode, " 1")
attempt(decoder.raw_decode, "1", -1)
try:
    json.loads('{"a":\n [1,\n  2 3]}')
except json.JSONDecodeError as error:
    print(error.msg, error.pos, error.lineno, error.colno, error.doc, isinstance(error, ValueError))
    print(error.__reduce__()[1], json.JSONDecodeError is json.decoder.JSONDecodeError)
for value in VALUES:
    if isinstance(value, (list, dict, str)) and value == value and not any(isinstance(key, float) for key in value):
        print(json.loads(json.dumps(value)) == value)
deep = []
for _ in range(150):
    deep = [deep]
print(json.loads(json.dumps(deep)) == deep)
print(json.__all__)
