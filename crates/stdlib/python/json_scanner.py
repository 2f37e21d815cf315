"""From JSON text to objects, one value at a time."""

import re

try:
    from _json import make_scanner as c_make_scanner
except ImportError:
    c_make_scanner = None

__all__ = ['make_scanner']

_space = re.compile(r'[ \t\n\r]*').match
_number = re.compile(r'(-?(?:0|[1-9][0-9]*))(\.[0-9]+)?([eE][-+]?[0-9]+)?').match

_WORDS = {'n': ('null', None), 't': ('true', True), 'f': ('false', False)}
_CONSTANTS = {'N': 'NaN', 'I': 'Infinity', '-': '-Infinity'}


class _Scanner:
    """Reads as a decoder says."""

    def __init__(self, context):
        self.strict = context.strict
        self.object_hook = context.object_hook
        self.object_pairs_hook = context.object_pairs_hook
        self.parse_float = context.parse_float
        self.parse_int = context.parse_int
        self.parse_constant = context.parse_constant
        self.parse_string = context.parse_string
        self.fault = context._fault
        # Equal names of members are one object while a text is read.
        self.memo = context.memo

    def scan_once(self, string, idx):
        """The value that begins at a place of the text, and where it ends; StopIteration where none begins."""
        if idx < 0:
            raise ValueError('idx cannot be negative')
        try:
            return self._value(string, idx, self.memo)
        finally:
            self.memo.clear()

    def _value(self, s, at, names):
        character = s[at:at + 1]
        if character == '"':
            return self.parse_string(s, at + 1, self.strict)
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
        raise StopIteration(at)

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
                raise self.fault("Expecting ',' delimiter", s, at)
            comma = at
            at = _space(s, at + 1).end()
            if s[at:at + 1] == ']':
                raise self.fault('Illegal trailing comma before end of array', s, comma)

    def _object(self, s, at, names):
        pairs = []
        at = _space(s, at).end()
        if s[at:at + 1] == '}':
            return self._made(pairs), at + 1
        while True:
            if s[at:at + 1] != '"':
                raise self.fault('Expecting property name enclosed in double quotes', s, at)
            name, at = self.parse_string(s, at + 1, self.strict)
            name = names.setdefault(name, name)
            at = _space(s, at).end()
            if s[at:at + 1] != ':':
                raise self.fault("Expecting ':' delimiter", s, at)
            value, at = self._value(s, _space(s, at + 1).end(), names)
            pairs.append((name, value))
            at = _space(s, at).end()
            separator = s[at:at + 1]
            if separator == '}':
                return self._made(pairs), at + 1
            if separator != ',':
                raise self.fault("Expecting ',' delimiter", s, at)
            comma = at
            at = _space(s, at + 1).end()
            if s[at:at + 1] == '}':
                raise self.fault('Illegal trailing comma before end of object', s, comma)

    def _made(self, pairs):
        if self.object_pairs_hook is not None:
            return self.object_pairs_hook(pairs)
        made = dict(pairs)
        return made if self.object_hook is None else self.object_hook(made)


def py_make_scanner(context):
    """What `_json.make_scanner` makes, in Python."""
    return _Scanner(context).scan_once


make_scanner = c_make_scanner or py_make_scanner
