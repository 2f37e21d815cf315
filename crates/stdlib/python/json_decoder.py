"""From JSON text to objects."""

import re

from json.scanner import make_scanner

try:
    from _json import scanstring as c_scanstring
except ImportError:
    c_scanstring = None

__all__ = ['JSONDecoder', 'JSONDecodeError']

_space = re.compile(r'[ \t\n\r]*').match
_plain = re.compile(r'[^"\\\x00-\x1f]*').match
_loose = re.compile(r'[^"\\]*').match
_hex = re.compile(r'[0-9A-Fa-f]{4}').match

_ESCAPES = {'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t'}

_CONSTANTS = {name: float(name) for name in ('NaN', 'Infinity', '-Infinity')}


class JSONDecodeError(ValueError):
    """What is wrong in a JSON text, and where."""

    def __init__(self, msg, doc, pos):
        self.msg, self.doc, self.pos = msg, doc, pos
        self.lineno = doc.count('\n', 0, pos) + 1
        self.colno = pos - doc.rfind('\n', 0, pos)
        super().__init__(f'{msg}: line {self.lineno} column {self.colno} (char {pos})')

    def __reduce__(self):
        return self.__class__, (self.msg, self.doc, self.pos)


def _code_unit(text, at):
    """The number that the four digits of an escape mean; `at` is where the `u` stands."""
    found = _hex(text, at + 1)
    if found is None:
        raise JSONDecodeError('Invalid \\uXXXX escape', text, at)
    return int(found.group(), 16)


def py_scanstring(s, end, strict=True):
    """Read the string whose opening quote stands before `end`: its value, and where the text goes on."""
    begin = end - 1
    plain = _plain if strict else _loose
    stop = plain(s, end).end()
    value = s[end:stop]
    parts = None
    length = len(s)
    while True:
        if stop >= length:
            raise JSONDecodeError('Unterminated string starting at', s, begin)
        character = s[stop]
        if character == '"':
            if parts is None:
                return value, stop + 1
            parts.append(value)
            return ''.join(parts), stop + 1
        if character != '\\':
            raise JSONDecodeError('Invalid control character at', s, stop)
        if parts is None:
            parts = []
        parts.append(value)
        at = stop + 1
        if at >= length:
            raise JSONDecodeError('Unterminated string starting at', s, begin)
        escape = s[at]
        if escape == 'u':
            unit = _code_unit(s, at)
            at += 5
            if 0xD800 <= unit <= 0xDBFF and s.startswith('\\u', at):
                # Two halves of one character; a second escape that is no such half stands for itself.
                low = _hex(s, at + 2)
                low = int(low.group(), 16) if low else 0
                if 0xDC00 <= low <= 0xDFFF:
                    unit = 0x10000 + ((unit - 0xD800) << 10 | low - 0xDC00)
                    at += 6
            parts.append(chr(unit))
        else:
            meaning = _ESCAPES.get(escape)
            if meaning is None:
                raise JSONDecodeError('Invalid \\escape', s, stop)
            parts.append(meaning)
            at += 1
        stop = plain(s, at).end()
        value = s[at:stop]


scanstring = c_scanstring or py_scanstring


class JSONDecoder:
    """Makes objects of JSON texts; the hooks say what becomes of objects and numbers."""

    _fault = JSONDecodeError

    def __init__(self, *, object_hook=None, parse_float=None, parse_int=None, parse_constant=None, strict=True,
                 object_pairs_hook=None):
        self.object_hook = object_hook
        self.parse_float = parse_float or float
        self.parse_int = parse_int or int
        self.parse_constant = parse_constant or _CONSTANTS.__getitem__
        self.strict = strict
        self.object_pairs_hook = object_pairs_hook
        self.parse_string = scanstring
        self.memo = {}
        self.scan_once = make_scanner(self)

    def decode(self, s):
        """The object of a text that holds one and nothing else."""
        value, end = self.raw_decode(s, _space(s, 0).end())
        if end != len(s):
            end = _space(s, end).end()
            if end != len(s):
                raise JSONDecodeError('Extra data', s, end)
        return value

    def raw_decode(self, s, idx=0):
        """The object that begins at a place of the text, and where it ends."""
        try:
            return self.scan_once(s, idx)
        except StopIteration as stop:
            raise JSONDecodeError('Expecting value', s, stop.value) from None
