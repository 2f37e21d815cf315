"""_json: the scanner and the encoder that json uses, called by themselves and in odd ways."""
import _json
import collections
import enum
import json
import json.decoder
import json.encoder
import json.scanner


def attempt(function, *args, **options):
    try:
        result = function(*args, **options)
    except BaseException as error:
        print(f"{type(error).__name__}: {error}" if not isinstance(error, StopIteration) else f"stop {error.value}")
    else:
        print(ascii(result))


print("-- who is who")
print(json.scanner.make_scanner is _json.make_scanner, json.scanner.make_scanner, json.encoder.c_make_encoder)
print(json.decoder.scanstring is _json.scanstring, _json.scanstring.__module__, _json.encode_basestring.__module__)
attempt(type, "Sub", (_json.make_scanner,), {})
attempt(type, "Sub", (_json.make_encoder,), {})

print("-- arguments")
scan = _json.make_scanner(json.JSONDecoder())
write = _json.make_encoder({}, str, _json.encode_basestring_ascii, None, ": ", ", ", False, False, True)
attempt(_json.make_scanner)
attempt(_json.make_scanner, 1)
attempt(_json.make_scanner, 1, 2)
attempt(scan)
attempt(scan, "1")
attempt(scan, 1, 0)
attempt(scan, "1", "0")
attempt(scan, "1", -1)
attempt(scan, "1", 1)
attempt(scan, "1", 10**30)
attempt(scan, string="[1] 2", idx=0)
attempt(scan, idx=4, string="[1] 2")
attempt(_json.scanstring)
attempt(_json.scanstring, "a")
attempt(_json.scanstring, 1, 2)
attempt(_json.scanstring, 'a"', -1)
attempt(_json.scanstring, 'a"', 3)
attempt(_json.scanstring, 'a"', 0)
attempt(_json.scanstring, 'a', 0)
attempt(_json.scanstring, 'a\tb"', 0, False)
attempt(_json.scanstring, 'a\tb"', 0, True)
attempt(_json.encode_basestring, 1)
attempt(_json.encode_basestring_ascii, None)
attempt(_json.make_encoder)
attempt(_json.make_encoder, 1, None, None, None, ": ", ", ", False, False, False)
attempt(_json.make_encoder, None, None, None, None, 5, ", ", False, False, False)
attempt(_json.make_encoder, None, None, None, None, ": ", None, False, False, False)
attempt(write)
attempt(write, 1)
attempt(write, 1, "x")
attempt(write, [1], 0)
attempt(setattr, write, "sort_keys", True)
attempt(setattr, scan, "strict", False)
for name in "markers default encoder indent key_separator item_separator sort_keys skipkeys".split():
    print(name, getattr(write, name))
for name in "strict object_hook object_pairs_hook parse_float parse_int".split():
    print(name, getattr(scan, name))

print("-- strings of every width")
PIECES = ["", "a", "plain text that is longer than sixteen", "\x7f", "\x80\xff", "\u0100", "\ud7ff\ue000", "\U00010000\U0010ffff",
          "\ud800x", "\udc00", '"', "\\", "/", "\b\f\n\r\t", "\0\x01\x1f", "tail"]
for first in PIECES:
    for second in PIECES:
        text = first + second
        quoted = _json.encode_basestring_ascii(text)
        plain = _json.encode_basestring(text)
        assert quoted.isascii() and json.loads(quoted) == text == json.loads(plain), (text, quoted, plain)
        assert json.encoder.JSONEncoder(ensure_ascii=False).encode([text, text]) == f"[{plain}, {plain}]"
        assert json.loads(f'{{{plain}: [{quoted}], "\\u0061\u20ac\U0001f600": 1}}')[text] == [text]
        for place in range(0, 20, 3):
            wrapped = "." * place + plain + "."
            assert _json.scanstring(wrapped, place + 1) == (text, place + len(plain))
    print(ascii(_json.encode_basestring(first)), _json.encode_basestring_ascii(first))

print("-- escapes that are wrong")
for text in ['"\\u12"', '"\\u123', '"\\u1234', '"\\u12g4"', '"\\u 123"', '"\\u+123"', '"\\x41"', '"\\', '"\\u', '"', '"a', '"a\nb"', '"\\ud800\\u12"',
             '"\\ud800\\u1234"', '"\\ud83d\\ude00"', '"\\ud83d\\ude0"', '"\\ude00\\ud83d"', '"\\ud83d\\ud83d\\ude00"', '"\\ud83d\\n"', '"\\é"', '"\\€"', '"\u20ac\\u20ac',
             '"\\ud800\\udc00', '"\\u\uff11\uff12\uff13\uff14"']:
    attempt(json.loads, text)
    attempt(json.loads, "[" + text)
    attempt(json.loads, "[" + text + "]")

print("-- numbers")
for text in ["0", "-0", "-", "--1", "01", "-01", "1.", ".5", "1.5", "-1.5e3", "1e", "1e+", "1E-2", "1e400", "-1e400", "1.0e", "0.0e+0", "9" * 18, "9" * 19, "-" + "9" * 40,
             "1_0", "+1", "NaN", "-NaN", "Infinity", "-Infinity", "Infinit", "-Infinit", "nul", "null", "nullx", "tru", "true", "True", "fals", "false", "\u0661", "1\u0661", "1.\u0661", "é", "\u20ac", " 1 ",
             "\u00a01", "\x0b1", "1\x0c", "\t\r\n 1\t\r\n ", "1 2", "", " "]:
    attempt(json.loads, text)
    attempt(json.loads, f'["\u20ac", {text}]')

print("-- structure")
for text in ["[", "[ ", "[1", "[1 ", "[1,", "[1, ", "[1,]", "[1 , ]", "[,1]", "[1 2]", "[1]]", "[]", "[ ]", "[[]", "{", "{ ", "{}", "{ }", '{"a"', '{"a" ', '{"a":', '{"a": ',
             '{"a":1', '{"a":1 ', '{"a":1,', '{"a":1, ', '{"a":1,}', '{"a":1 , }', '{"a" 1}', '{"a":}', '{a:1}', '{1:1}', '{"a":1 "b":2}', '{"a":1,,}', '{"a":{"b":[{}]}}', '{"a":1}}', '{"a":1,"a":2}',
             '[1,\n2,\n oops]', '{"k":\n [1,\n {"x": bad}]}', "]", "}", ",", ":", "[:]"]:
    attempt(json.loads, text)
    attempt(json.loads, text + " \u20ac")
    attempt(scan, text, 0)

print("-- hooks")
text = '{"a": [1, 2.5, {"b": NaN}], "c": {"d": -Infinity, "e": {}}}'
attempt(json.loads, text, object_hook=lambda members: sorted(members))
attempt(json.loads, text, object_pairs_hook=lambda pairs: pairs)
attempt(json.loads, text, object_pairs_hook=collections.OrderedDict, object_hook=print)
attempt(json.loads, text, parse_int=lambda digits: ("int", digits), parse_float=lambda digits: ("float", digits), parse_constant=lambda name: ("constant", name))
attempt(json.loads, text, parse_int=float, parse_float=str)
attempt(json.loads, text, object_hook=lambda members: 1 / 0)
attempt(json.loads, text, parse_constant=lambda name: 1 / 0)
attempt(json.loads, "[1]", parse_int=lambda digits: next(iter(())))
attempt(json.loads, "9" * 5000)
attempt(json.loads, b'["\xe2\x82\xac"]')
attempt(json.loads, '["a\tb"]', strict=False)
attempt(json.JSONDecoder().raw_decode, "  1", 0)
attempt(json.JSONDecoder().raw_decode, '[1] more', 0)
attempt(json.JSONDecoder().raw_decode, 'x [1]', 2)
attempt(json.JSONDecoder().raw_decode, 'x', -1)
attempt(json.JSONDecoder().scan_once, 'x', 0)
rows = json.loads('[{"name": 1, "n\xe9": 2}, {"name": 3, "n\xe9": 4}]')
first, second = (sorted(row) for row in rows)
print([a is b for a, b in zip(first, second)], json.JSONDecoder().memo)
try:
    json.loads('[1,\n x')
except json.JSONDecodeError as error:
    print(error.msg, error.pos, error.lineno, error.colno, error.__suppress_context__, repr(error.__context__), error.__cause__)

print("-- containers")


class Items(list):
    def __iter__(self):
        return iter(["from", "iter"])


class Row(tuple):
    def __iter__(self):
        return iter((9,))


class Mapping(dict):
    def items(self):
        return [("from", "items"), (1, 2)]


class Broken(dict):
    def items(self):
        return [(1, 2, 3)]


class Wrong(dict):
    def items(self):
        return [7]


Pair = collections.namedtuple("Pair", "x y")
Colour = enum.IntEnum("Colour", "RED GREEN")
Level = enum.Enum("Level", {"LOW": 0.5}, type=float)


class Loud(float):
    def __repr__(self):
        return "loud"


for value in [Items([1]), Items(), Row((1,)), Mapping(a=1), Mapping(), Broken(a=1), Wrong(a=1), Pair(1, [2]), collections.OrderedDict(b=1, a=2), collections.Counter("aab"),
              collections.defaultdict(list, {"k": []}), [Colour.RED, {Colour.GREEN: Colour.RED}], {Level.LOW: Level.LOW}, Loud(1.5), {Loud(2.5): 1}, [True, {True: False, None: None}], 10**25,
              [[], {}, (), [[]], [{}], {"a": []}], {"": ""}, "\u20ac", ["\u20ac", 1, "\U0001f600", "a"], {"\xe9": 1}]:
    for options in {}, {"sort_keys": True}, {"indent": 2}, {"indent": "\u20ac", "ensure_ascii": False}, {"indent": 0, "separators": ("\u0100", "\xe9")}:
        attempt(json.dumps, value, **options)
for indent in None, 0, -1, 1, "", "ab", True, 1.5, b"x":
    attempt(json.dumps, [1, {"a": [2]}], indent=indent)
    attempt(json.dumps, {(1, 2): 3}, indent=indent, skipkeys=True)
    attempt(json.dumps, {"a": 0, (1, 2): 3, "b": 1}, indent=indent, skipkeys=True)
attempt(json.dumps, {"b": 1, "a": 2, "\u20ac": 3}, sort_keys=True, ensure_ascii=False)
attempt(json.dumps, {1: 2, "a": 3}, sort_keys=True)
attempt(json.dumps, {2: 1, 1.5: 2, True: 3}, sort_keys=True)
attempt(json.dumps, 10**5000)
for number in float("nan"), float("inf"), -float("inf"), Loud("inf"), [float("nan")], {float("inf"): 1}:
    attempt(json.dumps, number)
    attempt(json.dumps, number, allow_nan=False)


class Unbool:
    def __bool__(self):
        raise ZeroDivisionError("no truth")


for name in "skipkeys", "ensure_ascii", "check_circular", "allow_nan", "sort_keys":
    attempt(json.JSONEncoder(**{name: Unbool()}).encode, [1])
attempt(json.JSONDecoder, strict=Unbool())

print("-- default, and circles")


class Odd:
    pass


odd = Odd()
loop = []
loop.append({"in": loop})
attempt(json.dumps, loop)
attempt(json.dumps, [odd, {"k": odd}], default=lambda o: ["odd"])
attempt(json.dumps, odd, default=lambda o: o)
attempt(json.dumps, odd, default=lambda o: [o])
attempt(json.dumps, [odd], default=lambda o: 1 / 0)
attempt(json.dumps, [[1], [1]])
twice = [1]
attempt(json.dumps, [twice, twice, {"t": twice}])
growing = [odd]


def grow(o):
    if len(growing) < 4:
        growing.append(odd)
    return len(growing)


attempt(json.dumps, growing, default=grow)
shrinking = [odd, 1, 2]
attempt(json.dumps, shrinking, default=lambda o: shrinking.pop())
encoder = _json.make_encoder(None, str, lambda text: None, None, ": ", ", ", False, False, False)
attempt(encoder, "spam", 4)
attempt(encoder, {"spam": 42}, 4)
encoder = _json.make_encoder(None, str, lambda text: f"<{text}>", None, " = ", "; ", False, False, False)
attempt(encoder, {"spam": ["a", 1], 2: 3}, 0)
attempt(_json.make_encoder(None, str, lambda text: 1 / 0, None, ": ", ", ", False, False, False), ["a"], 0)
attempt(_json.make_encoder({}, str, _json.encode_basestring, "--", ": ", ",", False, False, False), [1, {"a": 2}], 2)
attempt(_json.make_encoder({}, str, _json.encode_basestring, "--", ": ", ",", False, False, False), [1, {"a": 2}], -1)
attempt(_json.make_encoder({}, str, _json.encode_basestring, 7, ": ", ",", False, False, False), [1], 0)
attempt(_json.make_encoder({}, str, _json.encode_basestring, 7, ": ", ",", False, False, False), [1, {"a": 2}], 2)


class Encoder(json.JSONEncoder):
    def iterencode(self, o, _one_shot=False):
        yield "own"
        yield from super().iterencode(o)


print(Encoder().encode([1]), Encoder().encode("a"))

print("-- depth")
for text in "[" * 100000, '{"a":' * 100000:
    try:
        json.loads(text)
    except RecursionError as error:
        print(str(error)[:32])
try:
    json.dumps(odd, default=lambda o: [o, 1], check_circular=False)
except RecursionError as error:
    print(str(error)[:32])
