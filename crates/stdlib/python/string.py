"""Groups of characters, and templates with $names."""

__all__ = ['ascii_letters', 'ascii_lowercase', 'ascii_uppercase', 'capwords', 'digits', 'hexdigits', 'octdigits',
           'printable', 'punctuation', 'whitespace', 'Formatter', 'Template']

ascii_lowercase = 'abcdefghijklmnopqrstuvwxyz'
ascii_uppercase = ascii_lowercase.upper()
ascii_letters = ascii_lowercase + ascii_uppercase
digits = '0123456789'
octdigits = digits[:8]
hexdigits = digits + 'abcdefABCDEF'
# What is left of ASCII between the space and the last character.
punctuation = ''.join(c for c in map(chr, range(33, 127)) if not c.isalnum())
whitespace = ' \t\n\r\v\f'
printable = digits + ascii_letters + punctuation + whitespace


def capwords(s, sep=None):
    """Every word with a capital letter, and with the separator, or one space, between them."""
    return (sep or ' ').join(map(str.capitalize, s.split(sep)))


_MISSING = object()
_FIRST = frozenset(ascii_letters + '_')
_REST = frozenset(ascii_letters + digits + '_')


class Template:
    """Text in which `$name` and `${name}` are places to fill in."""

    delimiter = '$'

    def __init__(self, template):
        self.template = template

    def _parts(self):
        """Literal text, and placeholders: (text, kind, name, position), the kind None for plain text."""
        template, delimiter = self.template, self.delimiter
        position = 0
        while True:
            found = template.find(delimiter, position)
            if found < 0:
                yield template[position:], None, None, position
                return
            yield template[position:found], None, None, position
            start = found + len(delimiter)
            if template.startswith(delimiter, start):
                position = start + len(delimiter)
                yield template[found:position], 'escaped', delimiter, found
                continue
            braced = template.startswith('{', start)
            begin = start + braced
            end = begin
            if end < len(template) and template[end] in _FIRST:
                end += 1
                while end < len(template) and template[end] in _REST:
                    end += 1
            name = template[begin:end]
            if name and not braced:
                position = end
                yield template[found:end], 'named', name, found
            elif name and template.startswith('}', end):
                position = end + 1
                yield template[found:position], 'braced', name, found
            else:
                position = start
                yield template[found:start], 'invalid', None, found

    def _invalid(self, position):
        lines = self.template[:position + len(self.delimiter)].splitlines(keepends=True)
        if not lines:
            lineno, colno = 1, 1
        else:
            lineno = len(lines)
            colno = position + len(self.delimiter) - sum(map(len, lines[:-1]))
            colno -= len(self.delimiter) - 1
        raise ValueError('Invalid placeholder in string: line %d, col %d' % (lineno, colno))

    def _mapping(self, mapping, kws):
        if mapping is _MISSING:
            return kws
        if kws:
            return {**dict(mapping), **kws} if hasattr(mapping, 'keys') else kws
        return mapping

    def substitute(self, mapping=_MISSING, /, **kws):
        mapping = self._mapping(mapping, kws)
        result = []
        for text, kind, name, position in self._parts():
            if kind is None:
                result.append(text)
            elif kind == 'escaped':
                result.append(name)
            elif kind == 'invalid':
                self._invalid(position)
            else:
                result.append(str(mapping[name]))
        return ''.join(result)

    def safe_substitute(self, mapping=_MISSING, /, **kws):
        mapping = self._mapping(mapping, kws)
        result = []
        for text, kind, name, position in self._parts():
            if kind == 'escaped':
                result.append(name)
            elif kind in ('named', 'braced'):
                try:
                    result.append(str(mapping[name]))
                except KeyError:
                    result.append(text)
            else:
                result.append(text)
        return ''.join(result)

    def is_valid(self):
        return all(kind != 'invalid' for _, kind, _, _ in self._parts())

    def get_identifiers(self):
        names = []
        for _, kind, name, _ in self._parts():
            if kind in ('named', 'braced') and name not in names:
                names.append(name)
        return names


def _parse_format(text):
    """The fields of a format string: (literal text, field name, format spec, conversion)."""
    literal = []
    position = 0
    while position < len(text):
        c = text[position]
        if c in '{}' and text[position:position + 2] == c * 2:
            literal.append(c)
            position += 2
            yield ''.join(literal), None, None, None
            literal = []
            continue
        if c == '}':
            raise ValueError("Single '}' encountered in format string")
        if c != '{':
            literal.append(c)
            position += 1
            continue
        depth = 1
        end = position + 1
        while end < len(text) and depth:
            depth += (text[end] == '{') - (text[end] == '}')
            end += 1
        if depth:
            if end == position + 1:
                raise ValueError("Single '{' encountered in format string")
            raise ValueError("expected '}' before end of string")
        field = text[position + 1:end - 1]
        stop = brackets = 0
        while stop < len(field) and (brackets or field[stop] not in '!:'):
            brackets += (field[stop] == '[') - (field[stop] == ']')
            stop += 1
        name, rest = field[:stop], field[stop:]
        conversion = None
        if rest.startswith('!'):
            if len(rest) < 2:
                raise ValueError("end of string while looking for conversion specifier")
            conversion, rest = rest[1], rest[2:]
            if rest and not rest.startswith(':'):
                raise ValueError("expected ':' after conversion specifier")
        yield ''.join(literal), name, rest[1:], conversion
        literal = []
        position = end
    if literal:
        yield ''.join(literal), None, None, None


def _split_field_name(name):
    """The first part of a field name, and the (is attribute, name) steps behind it."""
    stop = 0
    while stop < len(name) and name[stop] not in '.[':
        stop += 1
    first, rest = name[:stop], name[stop:]
    if first.isdigit():
        first = int(first)
    steps = []
    while rest:
        if rest[0] == '.':
            stop = 1
            while stop < len(rest) and rest[stop] not in '.[':
                stop += 1
            step = True, rest[1:stop]
        else:
            stop = rest.find(']')
            if stop < 0:
                raise ValueError("Missing ']' in format string")
            key = rest[1:stop]
            step = False, int(key) if key.isdigit() else key
            stop += 1
            if stop < len(rest) and rest[stop] not in '.[':
                raise ValueError("Only '.' or '[' may follow ']' in format field specifier")
        if step[1] == '':
            raise ValueError('Empty attribute in format string')
        steps.append(step)
        rest = rest[stop:]
    return first, steps


class Formatter:
    """The steps of str.format, each to be overridden."""

    def format(self, format_string, /, *args, **kwargs):
        return self.vformat(format_string, args, kwargs)

    def vformat(self, format_string, args, kwargs):
        used_args = set()
        result, _ = self._vformat(format_string, args, kwargs, used_args, 2)
        self.check_unused_args(used_args, args, kwargs)
        return result

    def _vformat(self, format_string, args, kwargs, used_args, recursion_depth, auto_arg_index=0):
        if recursion_depth < 0:
            raise ValueError('Max string recursion exceeded')
        result = []
        for literal_text, field_name, format_spec, conversion in self.parse(format_string):
            if literal_text:
                result.append(literal_text)
            if field_name is None:
                continue
            first, _ = _split_field_name(field_name)
            if first == '':
                if auto_arg_index is False:
                    raise ValueError('cannot switch from manual field specification to automatic field numbering')
                field_name = str(auto_arg_index) + field_name
                auto_arg_index += 1
            elif isinstance(first, int):
                if auto_arg_index:
                    raise ValueError('cannot switch from automatic field numbering to manual field specification')
                auto_arg_index = False
            obj, arg_used = self.get_field(field_name, args, kwargs)
            used_args.add(arg_used)
            obj = self.convert_field(obj, conversion)
            format_spec, auto_arg_index = self._vformat(format_spec, args, kwargs, used_args,
                                                        recursion_depth - 1, auto_arg_index)
            result.append(self.format_field(obj, format_spec))
        return ''.join(result), auto_arg_index

    def get_value(self, key, args, kwargs):
        return args[key] if isinstance(key, int) else kwargs[key]

    def check_unused_args(self, used_args, args, kwargs):
        pass

    def format_field(self, value, format_spec):
        return format(value, format_spec)

    def convert_field(self, value, conversion):
        if conversion is None:
            return value
        convert = {'s': str, 'r': repr, 'a': ascii}.get(conversion)
        if convert is None:
            raise ValueError(f'Unknown conversion specifier {conversion!s}')
        return convert(value)

    def parse(self, format_string):
        return _parse_format(format_string)

    def get_field(self, field_name, args, kwargs):
        first, steps = _split_field_name(field_name)
        obj = self.get_value(first, args, kwargs)
        for is_attribute, name in steps:
            obj = getattr(obj, name) if is_attribute else obj[name]
        return obj, first
