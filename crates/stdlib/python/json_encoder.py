"""From objects to JSON text."""

import re

__all__ = ['JSONEncoder']

_SHORT = {'"': '\\"', '\\': '\\\\', '\b': '\\b', '\f': '\\f', '\n': '\\n', '\r': '\\r', '\t': '\\t'}
_ascii_special = re.compile(r'[^ -~]|["\\]')
_special = re.compile(r'[\x00-\x1f"\\]')


def _escape(found):
    character = found.group()
    short = _SHORT.get(character)
    if short is not None:
        return short
    code = ord(character)
    if code < 0x10000:
        return f'\\u{code:04x}'
    code -= 0x10000
    return f'\\u{0xd800 | code >> 10:04x}\\u{0xdc00 | code & 0x3ff:04x}'


def encode_basestring(s):
    """A string in quotes, as it is but for what must be escaped."""
    return '"' + _special.sub(_escape, s) + '"'


def encode_basestring_ascii(s):
    """A string in quotes with nothing but ASCII."""
    return '"' + _ascii_special.sub(_escape, s) + '"'


class JSONEncoder:
    """Makes JSON texts of objects; a subclass says with `default` what to make of others."""

    item_separator = ', '
    key_separator = ': '

    def __init__(self, *, skipkeys=False, ensure_ascii=True, check_circular=True, allow_nan=True, sort_keys=False,
                 indent=None, separators=None, default=None):
        self.skipkeys = skipkeys
        self.ensure_ascii = ensure_ascii
        self.check_circular = check_circular
        self.allow_nan = allow_nan
        self.sort_keys = sort_keys
        self.indent = indent
        if separators is not None:
            self.item_separator, self.key_separator = separators
        elif indent is not None:
            self.item_separator = ','
        if default is not None:
            self.default = default

    def default(self, o):
        """What to encode for an object that JSON does not know."""
        raise TypeError(f'Object of type {o.__class__.__name__} is not JSON serializable')

    def encode(self, o):
        """The text of an object."""
        return ''.join(self._parts(o))

    def iterencode(self, o, _one_shot=False):
        """The text of an object in pieces."""
        return iter(self._parts(o))

    def _parts(self, o):
        parts = []
        Writer(self, parts.append).write(o, 0)
        return parts


class Writer:
    """One run of an encoder."""

    def __init__(self, encoder, put):
        self.put = put
        self.quote = encode_basestring_ascii if encoder.ensure_ascii else encode_basestring
        self.default = encoder.default
        self.allow_nan = encoder.allow_nan
        self.sort_keys = encoder.sort_keys
        self.skip_keys = encoder.skipkeys
        self.key_separator = encoder.key_separator
        self.item_separator = encoder.item_separator
        indent = encoder.indent
        self.indent = indent if indent is None or isinstance(indent, str) else ' ' * indent
        # The containers that are being written, by identity.
        self.open = {} if encoder.check_circular else None

    def float_text(self, o):
        if o != o:
            text = 'NaN'
        elif o == float('inf'):
            text = 'Infinity'
        elif o == -float('inf'):
            text = '-Infinity'
        else:
            return float.__repr__(o)
        if not self.allow_nan:
            raise ValueError('Out of range float values are not JSON compliant: ' + repr(o))
        return text

    def atom(self, o):
        """The text of what is no container, None for others."""
        if isinstance(o, str):
            return self.quote(o)
        if o is None:
            return 'null'
        if o is True:
            return 'true'
        if o is False:
            return 'false'
        if isinstance(o, int):
            return int.__repr__(o)
        if isinstance(o, float):
            return self.float_text(o)
        return None

    def key(self, key):
        """The string for a key, None for one that is left out."""
        if isinstance(key, str):
            return key
        text = self.atom(key)
        if text is not None or self.skip_keys:
            return text
        raise TypeError(f'keys must be str, int, float, bool or None, not {key.__class__.__name__}')

    def write(self, o, level):
        text = self.atom(o)
        if text is not None:
            self.put(text)
            return
        if self.open is not None:
            if id(o) in self.open:
                raise ValueError('Circular reference detected')
            self.open[id(o)] = o
        if isinstance(o, (list, tuple)):
            self.array(o, level + 1)
        elif isinstance(o, dict):
            self.object(o, level + 1)
        else:
            self.write(self.default(o), level)
        if self.open is not None:
            del self.open[id(o)]

    def line(self, level):
        """What begins a line at a depth; nothing where all stands on one."""
        return '' if self.indent is None else '\n' + self.indent * level

    def array(self, values, level):
        put = self.put
        if not values:
            put('[]')
            return
        line = self.line(level)
        before, between = '[' + line, self.item_separator + line
        for value in values:
            put(before)
            before = between
            self.write(value, level)
        put(self.line(level - 1) + ']')

    def object(self, members, level):
        put = self.put
        if not members:
            put('{}')
            return
        line = self.line(level)
        before, between = '{' + line, self.item_separator + line
        items = sorted(members.items()) if self.sort_keys else members.items()
        first = True
        for key, value in items:
            name = self.key(key)
            if name is None:
                continue
            put(before if first else between)
            first = False
            put(self.quote(name))
            put(self.key_separator)
            self.write(value, level)
        if first:
            put('{}')
        else:
            put(self.line(level - 1) + '}')
