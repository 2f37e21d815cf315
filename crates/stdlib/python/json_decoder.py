"""From JSON text to objects."""

import re

__all__ = ['JSONDecoder', 'JSONDecodeError']

_space = re.compile(r'[ \t\n\r]*').match
_number = re.compile(r'(-?(?:0|[1-9][0-9]*))(\.[0-9]+)?([eE][-+]?[0-9]+)?').match
_plain = re.compile(r'[^"\\\x00-\x1f]*').match
_loose = re.compile(r'[^"\\]*').match
_hex = re.compile(r'[0-9A-Fa-f]{4}').match

_ESCAPES = {'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t'}

_WORDS = {'n': ('null', None), 't': ('true', True), 'f': ('false', False)}
_CONSTANTS = {'N': 'NaN', 'I': 'Infinity', '-': '-Infinity'}


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


def scanstring(s, end, strict=True):
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


class JSONDecoder:
    """Makes objects of JSON texts; the hooks say what becomes of objects and numbers."""

    def __init__(self, *, object_hook=None, parse_float=None, parse_int=None, parse_constant=None, strict=True,
                 object_pairs_hook=None):
        self.object_hook = object_hook
        self.parse_float = parse_float or float
        self.parse_int = parse_int or int
        self.parse_constant = parse_constant or float
        self.strict = strict
        self.object_pairs_hook = object_pairs_hook

    def decode(self, s):
        """The object of a text that holds one and nothing else."""
        value, end = self.raw_decode(s, _space(s, 0).end())
        end = _space(s, end).end()
        if end != len(s):
            raise JSONDecodeError('Extra data', s, end)
        return value

    def raw_decode(self, s, idx=0):
        """The object that begins at a place of the text, and where it ends."""
        if idx < 0:
            raise ValueError('idx cannot be negative')
        return self._value(s, idx, {})

    def scan_once(self, s, idx):
        """The same with StopIteration where no value begins."""
        try:
            return self.raw_decode(s, idx)
        except JSONDecodeError as error:
            if error.msg == 'Expecting value' and error.pos == idx:
                raise StopIteration(idx) from None
            raise

    def _value(self, s, at, names):
        character = s[at:at + 1]
        if character == '"':
            return scanstring(s, at + 1, self.strict)
        if character == '{':
            return self._object(s, at + 1, names)
        if character == '[':
            return self._array(s, at + 1, names)
        if character in _WORDS:
            word, value = _WORDS[character]
            if s.startswith(word, at):
                return value, at + len(word)
        else:
            number = _number(s, at)
            if number is not None:
                integer, fraction, exponent = number.groups()
                if fraction or exponent:
                    return self.parse_float(number.group()), number.end()
                return self.parse_int(integer), number.end()
            if character in _CONSTANTS and s.startswith(_CONSTANTS[character], at):
                word = _CONSTANTS[character]
                return self.parse_constant(word), at + len(word)
        raise JSONDecodeError('Expecting value', s, at)

    def _array(self, s, at, names):
        values = []
        at = _space(s, at).end()
        if s[at:at + 1] == ']':
            return values, at + 1
        while True:
            value, at = self._value(s, at, names)
            values.append(value)
            at = _space(s, at).end()
            separator = s[at:at + 1]
            if separator == ']':
                return values, at + 1
            if separator != ',':
                raise JSONDecodeError("Expecting ',' delimiter", s, at)
            comma = at
            at = _space(s, at + 1).end()
            if s[at:at + 1] == ']':
                raise JSONDecodeError('Illegal trailing comma before end of array', s, comma)

    def _object(self, s, at, names):
        pairs = []
        at = _space(s, at).end()
        if s[at:at + 1] == '}':
            return self._made(pairs), at + 1
        while True:
            if s[at:at + 1] != '"':
                raise JSONDecodeError('Expecting property name enclosed in double quotes', s, at)
            name, at = scanstring(s, at + 1, self.strict)
            name = names.setdefault(name, name)
            at = _space(s, at).end()
            if s[at:at + 1] != ':':
                raise JSONDecodeError("Expecting ':' delimiter", s, at)
            value, at = self._value(s, _space(s, at + 1).end(), names)
            pairs.append((name, value))
            at = _space(s, at).end()
            separator = s[at:at + 1]
            if separator == '}':
                return self._made(pairs), at + 1
            if separator != ',':
                raise JSONDecodeError("Expecting ',' delimiter", s, at)
            comma = at
            at = _space(s, at + 1).end()
            if s[at:at + 1] == '}':
                raise JSONDecodeError('Illegal trailing comma before end of object', s, comma)

    def _made(self, pairs):
        if self.object_pairs_hook is not None:
            return self.object_pairs_hook(pairs)
        made = dict(pairs)
        return made if self.object_hook is None else self.object_hook(made)
