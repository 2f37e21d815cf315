"""Format strings, taken apart."""

import string as _source


def formatter_parser(string, /):
    """The pieces of a format string: literal text, field name, specification, conversion."""
    if not isinstance(string, str):
        raise TypeError(f"expected str, got {type(string).__name__}")
    return iter(_source._parse_format(string))


def formatter_field_name_split(string, /):
    """The first part of a field name, and an iterator over the steps behind it."""
    if not isinstance(string, str):
        raise TypeError(f"expected str, got {type(string).__name__}")
    first, steps = _source._split_field_name(string)
    return first, iter(steps)
