"""Match names against patterns as the shell does.

In a pattern * stands for any characters, ? for one, [seq] for one of those in seq and [!seq] for one that is not.
"""

import os.path
from functools import lru_cache

__all__ = ["filter", "fnmatch", "fnmatchcase", "translate"]

_ANY, _ONE = "*", "?"


def fnmatch(name, pat):
    """Whether a name matches a pattern, both in the system's normal form of file names."""
    return fnmatchcase(os.path.normcase(name), os.path.normcase(pat))


def fnmatchcase(name, pat):
    """Whether a name matches a pattern, letter by letter."""
    return _matches(name, _parse(pat))


def filter(names, pat):
    """The names that match a pattern."""
    parts = _parse(os.path.normcase(pat))
    return [name for name in names if _matches(os.path.normcase(name), parts)]


def _matches(name, pattern):
    is_bytes, parts = pattern
    if is_bytes != isinstance(name, bytes):
        kinds = ("bytes", "string-like") if isinstance(name, str) else ("string", "bytes-like")
        raise TypeError("cannot use a %s pattern on a %s object" % kinds)
    # After the last * that was met, a mismatch takes one more character into it and goes on from there.
    at = part = 0
    star = resume = -1
    while at < len(name):
        if part < len(parts) and parts[part] == _ANY:
            star, resume = part, at
            part += 1
        elif part < len(parts) and _is_one(parts[part], name[at:at + 1]):
            at += 1
            part += 1
        elif star < 0:
            return False
        else:
            resume += 1
            at, part = resume, star + 1
    return all(rest == _ANY for rest in parts[part:])


def _is_one(part, character):
    if part == _ONE:
        return True
    if isinstance(part, tuple):
        inside, ranges = part
        return any(low <= character <= high for low, high in ranges) == inside
    return part == character


@lru_cache(maxsize=32768, typed=True)
def _parse(pat):
    """Whether a pattern is for bytes, and its parts: characters, * and ?, and sets as a pair of whether they are meant
    and of ranges."""
    if isinstance(pat, bytes):
        return True, [_as_bytes(part) for part in _parse(pat.decode("latin-1"))[1]]
    parts = []
    at = 0
    while at < len(pat):
        character = pat[at]
        at += 1
        if character == "[" and (end := _end_of_set(pat, at)) >= 0:
            parts.append(_parse_set(pat[at:end]))
            at = end + 1
        elif character != _ANY or parts[-1:] != [_ANY]:
            parts.append(character)
    return False, parts


def _as_bytes(part):
    if isinstance(part, tuple):
        inside, ranges = part
        return inside, [(low.encode("latin-1"), high.encode("latin-1")) for low, high in ranges]
    return part if part in (_ANY, _ONE) else part.encode("latin-1")


def _parse_set(text):
    inside = not text.startswith("!")
    at = 0 if inside else 1
    ranges = []
    while at < len(text):
        is_range = text[at + 1:at + 2] == "-" and at + 2 < len(text)
        low, high = text[at], text[at + 2 if is_range else at]
        if low <= high:
            ranges.append((low, high))
        at += 3 if is_range else 1
    return inside, ranges


def _end_of_set(pat, start):
    """Where the ] of a set stands that begins at start, or -1. One at the very beginning belongs to the set."""
    if pat[start:start + 1] == "!":
        start += 1
    return pat.find("]", start + 1 if pat[start:start + 1] == "]" else start)


def translate(pat):
    """The regular expression that matches what a pattern does, as text."""
    sections = [[]]
    for part in _parse(pat)[1]:
        if part == _ANY:
            sections.append([])
        else:
            sections[-1].append(_expression(part))
    first, *others = map("".join, sections)
    if others:
        # What stands between two * is looked for once, where it comes first.
        *between, last = others
        first += "".join(f"(?>.*?{text})" for text in between) + ".*" + last
    return f"(?s:{first})\\Z"


_SPECIAL = frozenset("()[]{}?*+-|^$\\.&~# \t\n\r\v\f")


def _expression(part):
    if part == _ONE:
        return "."
    if isinstance(part, str):
        return "\\" + part if part in _SPECIAL else part
    inside, ranges = part
    text = "".join(
        _in_set(low) if low == high else f"{_in_set(low)}-{_in_set(high)}" for low, high in ranges
    )
    if not text:
        return "(?!)" if inside else "."
    if not inside:
        return f"[^{text}]"
    return f"[\\{text}]" if text[0] in "^[" else f"[{text}]"


def _in_set(character):
    return "\\" + character if character in "\\-&~|" else character
