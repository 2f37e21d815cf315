"""From objects to JSON text."""

import re

try:
    from _json import encode_basestring as c_encode_basestring, encode_basestring_ascii as c_encode_basestring_ascii
    from _json import make_encoder as c_make_encoder
except ImportError:
    c_encode_basestring = c_encode_basestring_ascii = c_make_encoder = None

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


def py_encode_basestring(s):
    """A string in quotes, as it is but for what must be escaped."""
    return '"' + _special.sub(_escape, s) + '"'


def py_encode_basestring_ascii(s):
    """A string in quotes with nothing but ASCII."""
    return '"' + _ascii_special.sub(_escape, s) + '"'


encode_basestring = c_encode_basestring or py_encode_basestring
encode_basestring_ascii = c_encode_basestring_ascii or py_encode_basestring_ascii


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
        if isinstance(o, str):
            return self._quoting()(o)
        return ''.join(self.iterencode(o, _one_shot=True))

    def iterencode(self, o, _one_shot=False):
        """The text of an object in pieces."""
        if _one_shot and c_make_encoder is not None:
            markers = {} if self.check_circular else None
            write = c_make_encoder(markers, self.default, self._quoting(), self._indent(), self.key_separator,
                                   self.item_separator, self.sort_keys, self.skipkeys, self.allow_nan)
            return write(o, 0)
        return Writer(self).write(o, 0)

    def _quoting(self):
        return encode_basestring_ascii if self.ensure_ascii else encode_basestring

    def _indent(self):
        indent = self.indent
        return indent if indent is None or isinstance(indent, str) else ' ' * indent


class Writer:
    """One run of an encoder, which makes a piece of the text when it is asked for it."""

    def __init__(self, encoder):
        self.quote = encoder._quoting()
        self.default = encoder.default
        self.allow_nan = encoder.allow_nan
        self.sort_keys = encoder.sort_keys
        self.skip_keys = encoder.skipkeys
        self.key_separator = encoder.key_separator
        self.item_separator = encoder.item_separator
        self.indent = encoder._indent()
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
            yield text
        elif isinstance(o, (list, tuple)):
            yield from self.array(o, level + 1)
        elif isinstance(o, dict):
            yield from self.object(o, level + 1)
        else:
            self.enter(o)
            yield from self.write(self.default(o), level)
            self.leave(o)

    def enter(self, o):
        """Notes what is being written, in which it must not come up again."""
        if self.open is not None:
            if id(o) in self.open:
                raise ValueError('Circular reference detected')
            self.open[id(o)] = o

    def leave(self, o):
        if self.open is not None:
            del self.open[id(o)]

    def line(self, level):
        """What begins a line at a depth; nothing where all stands on one."""
        return '' if self.indent is None else '\n' + self.indent * level

    def end(self, level, bracket):
        """The end of a container, whose bracket has a line to itself if there are lines."""
        if self.indent is not None:
            yield self.line(level)
        yield bracket

    def array(self, values, level):
        if not values:
            yield '[]'
            return
        self.enter(values)
        line = self.line(level)
        before, between = '[' + line, self.item_separator + line
        for value in values:
            text = self.atom(value)
            if text is not None:
                yield before + text
            else:
                yield before
                yield from self.write(value, level)
            before = between
        yield from self.end(level - 1, ']')
        self.leave(values)

    def object(self, members, level):
        if not members:
            yield '{}'
            return
        self.enter(members)
        line = self.line(level)
        yield '{'
        if line:
            yield line
        between = self.item_separator + line
        items = sorted(members.items()) if self.sort_keys else members.items()
        first = True
        for key, value in items:
            name = self.key(key)
            if name is None:
                continue
            if not first:
                yield between
            first = False
            yield self.quote(name)
            yield self.key_separator
            yield from self.write(value, level)
        yield from self.end(level - 1, '}')
        self.leave(members)
