"""Regular expressions.

A pattern describes texts; most characters stand for themselves.

    .           any character but a line break
    ^ $         the beginning and the end of the text
    * + ?       as many as possible of what stands before: any number, at least one, at most one
    {m,n}       from m to n of it
    *? +? ??    as few as possible
    *+ ++ ?+    as many as possible, and never fewer
    \\          makes the next character an ordinary one, or begins one of the escapes below
    [...]       one of these characters; [^...] any other one
    A|B         A or B
    (...)       a group, whose text is kept
    (?:...)     a group that keeps nothing; (?flags-flags:...) with other flags inside
    (?flags)    flags for the whole pattern, at its beginning
    (?P<n>...)  a group with a name; (?P=n) is the text that it has matched
    (?#...)     a comment
    (?=...)     something follows; (?!...) it does not
    (?<=...)    something stands before; (?<!...) it does not
    (?>...)     a group that is not tried a second time
    (?(n)A|B)   A if the group has matched, otherwise B

    \\number     what the group has matched
    \\A \\Z       the beginning and the very end of the text
    \\b \\B       the border of a word, or not
    \\d \\D       a decimal digit, or not
    \\s \\S       whitespace, or not
    \\w \\W       a letter, digit or underscore, or not
"""

import copyreg
import enum

import _sre

__all__ = [
    'A', 'ASCII', 'DOTALL', 'I', 'IGNORECASE', 'L', 'LOCALE', 'M', 'MULTILINE', 'Match', 'NOFLAG', 'Pattern',
    'PatternError', 'RegexFlag', 'S', 'U', 'UNICODE', 'VERBOSE', 'X', 'compile', 'error', 'escape', 'findall',
    'finditer', 'fullmatch', 'match', 'purge', 'search', 'split', 'sub', 'subn',
]

__version__ = '2.2.1'


@enum.global_enum
class RegexFlag(enum.IntFlag, boundary=enum.KEEP):
    NOFLAG = 0
    ASCII = A = 256
    IGNORECASE = I = 2
    LOCALE = L = 4
    UNICODE = U = 32
    MULTILINE = M = 8
    DOTALL = S = 16
    VERBOSE = X = 64
    DEBUG = 128
    __str__ = object.__str__
    _numeric_repr_ = hex


class PatternError(Exception):
    """A text that is no pattern.

    msg is what is wrong, pattern the text, pos the place in it; lineno and colno are the same place as line and
    column. All but msg may be None.
    """

    def __init__(self, msg, pattern=None, pos=None):
        self.msg = msg
        self.pattern = pattern
        self.pos = pos
        self.lineno = self.colno = None
        if pattern is not None and pos is not None:
            newline = '\n' if isinstance(pattern, str) else b'\n'
            self.lineno = pattern.count(newline, 0, pos) + 1
            self.colno = pos - pattern.rfind(newline, 0, pos)
            msg = f'{msg} at position {pos}'
            if newline in pattern:
                msg = f'{msg} (line {self.lineno}, column {self.colno})'
        super().__init__(msg)


error = PatternError

# Compiled patterns by type, text and flags, and replacements by pattern and text, the oldest first.
_cache = {}
_templates = {}
_MAXCACHE = 512


def _compile(pattern, flags):
    if isinstance(flags, RegexFlag):
        flags = flags.value
    key = type(pattern), pattern, flags
    try:
        return _cache[key]
    except KeyError:
        pass
    if isinstance(pattern, Pattern):
        if flags:
            raise ValueError('cannot process flags argument with a compiled pattern')
        return pattern
    if not isinstance(pattern, (str, bytes)):
        raise TypeError('first argument must be string or compiled pattern')
    compiled = _sre.compile_text(pattern, flags)
    _remember(_cache, key, compiled)
    return compiled


def _compile_template(pattern, repl):
    key = pattern, repl
    try:
        return _templates[key]
    except KeyError:
        pass
    template = _sre.parse_template(pattern, repl)
    _remember(_templates, key, template)
    return template


def _remember(cache, key, value):
    if len(cache) >= _MAXCACHE:
        cache.pop(next(iter(cache)), None)
    cache[key] = value


Pattern = type(_sre.compile_text('', 0))
Match = type(_sre.compile_text('', 0).match(''))


def compile(pattern, flags=0):
    """The pattern object of a text."""
    return _compile(pattern, flags)


def match(pattern, string, flags=0):
    """The match of a pattern at the beginning of a string, or None."""
    return _compile(pattern, flags).match(string)


def fullmatch(pattern, string, flags=0):
    """The match of a pattern with the whole string, or None."""
    return _compile(pattern, flags).fullmatch(string)


def search(pattern, string, flags=0):
    """The first match of a pattern anywhere in a string, or None."""
    return _compile(pattern, flags).search(string)


def findall(pattern, string, flags=0):
    """All matches of a pattern in a string, one behind the other: their texts, or those of their groups."""
    return _compile(pattern, flags).findall(string)


def finditer(pattern, string, flags=0):
    """An iterator over all match objects of a pattern in a string, one behind the other."""
    return _compile(pattern, flags).finditer(string)


class _Absent(int):
    pass


_absent = _Absent()


def _positional(function, names, required, args, values):
    """The two last arguments of a function, of which `args` were given by position, which is deprecated."""
    import warnings
    for name, value in zip(names, values[:len(args)]):
        if value is not _absent:
            raise TypeError(f'{function}() got multiple values for argument {name!r}')
    if len(args) > len(names):
        raise TypeError(f'{function}() takes from {required} to {required + 2} positional arguments '
                        f'but {required + len(args)} were given')
    warnings.warn(f'{names[0]!r} is passed as positional argument', DeprecationWarning, stacklevel=3)
    return *args, *values[len(args):]


def sub(pattern, repl, string, *args, count=_absent, flags=_absent):
    """The string with the matches of a pattern replaced, the first `count` ones if that is not 0.

    The replacement is a string, in which \\1 and \\g<name> stand for groups, or a function of the match object.
    """
    if args:
        count, flags = _positional('sub', ('count', 'flags'), 3, args, (count, flags))
    return _compile(pattern, flags).sub(repl, string, count)


def subn(pattern, repl, string, *args, count=_absent, flags=_absent):
    """The string with the matches of a pattern replaced as by `sub`, and how many there were."""
    if args:
        count, flags = _positional('subn', ('count', 'flags'), 3, args, (count, flags))
    return _compile(pattern, flags).subn(repl, string, count)


def split(pattern, string, *args, maxsplit=_absent, flags=_absent):
    """The parts of a string between the matches of a pattern, with the texts of its groups."""
    if args:
        maxsplit, flags = _positional('split', ('maxsplit', 'flags'), 2, args, (maxsplit, flags))
    return _compile(pattern, flags).split(string, maxsplit)


sub.__text_signature__ = subn.__text_signature__ = '(pattern, repl, string, count=0, flags=0)'
split.__text_signature__ = '(pattern, string, maxsplit=0, flags=0)'

_special = {code: '\\' + chr(code) for code in b'()[]{}?*+-|^$\\.&~# \t\n\r\v\f'}


def escape(pattern):
    """A pattern that matches this text and nothing else."""
    if isinstance(pattern, str):
        return pattern.translate(_special)
    return str(pattern, 'latin1').translate(_special).encode('latin1')


def purge():
    """Forgets all patterns and replacements that have been compiled."""
    _cache.clear()
    _templates.clear()


def _pickle(pattern):
    return _compile, (pattern.pattern, pattern.flags)


copyreg.pickle(Pattern, _pickle, _compile)


class Scanner:
    """Takes a text apart by a list of patterns, each with what it makes of the text: a function, a value or None."""

    def __init__(self, lexicon, flags=0):
        if isinstance(flags, RegexFlag):
            flags = flags.value
        self.lexicon = lexicon
        self.scanner = _sre.compile_lexicon([phrase for phrase, _ in lexicon], flags)

    def scan(self, string):
        """What the patterns make of the text, and the rest that none of them matches."""
        result = []
        place = 0
        next_match = self.scanner.scanner(string).match
        while (found := next_match()) and found.end() != place:
            action = self.lexicon[found.lastindex - 1][1]
            if callable(action):
                self.match = found
                action = action(self, found.group())
            if action is not None:
                result.append(action)
            place = found.end()
        return result, string[place:]
