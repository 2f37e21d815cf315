"""Extract, format and print information about Python stack traces."""

import sys
import _traceback
from itertools import islice

__all__ = ['extract_stack', 'extract_tb', 'format_exception', 'format_exception_only', 'format_list', 'format_stack',
           'format_tb', 'print_exc', 'format_exc', 'print_exception', 'print_last', 'print_stack', 'print_tb',
           'clear_frames', 'FrameSummary', 'StackSummary', 'TracebackException', 'walk_stack', 'walk_tb', 'print_list']


class _Missing:
    def __repr__(self):
        return "<implicit>"


_missing = _Missing()


def _value_and_traceback(exc, value, tb):
    if (value is _missing) != (tb is _missing):
        raise ValueError("Both or neither of value and tb must be given")
    if value is tb is _missing:
        if exc is None:
            return None, None
        if isinstance(exc, BaseException):
            return exc, exc.__traceback__
        raise TypeError(f'Exception expected for value, {type(exc).__name__} found')
    return value, tb


def _write(pieces, file):
    if file is None:
        file = sys.stderr
    for piece in pieces:
        print(piece, file=file, end="")


def format_exception(exc, /, value=_missing, tb=_missing, limit=None, chain=True, **kwargs):
    """The text of an exception with its traceback, as a list of strings that end with newlines."""
    value, tb = _value_and_traceback(exc, value, tb)
    if value is None:
        return ["NoneType: None\n"]
    return _traceback.format_exception(value, tb, limit, chain, False, kwargs.get("colorize", False))


def print_exception(exc, /, value=_missing, tb=_missing, limit=None, file=None, chain=True, **kwargs):
    """Print an exception with its traceback to file, sys.stderr by default."""
    _write(format_exception(exc, value, tb, limit, chain, **kwargs), file)


def format_exception_only(exc, /, value=_missing, *, show_group=False, **kwargs):
    """The part of the text that follows the traceback."""
    if value is _missing:
        value = exc
    if value is None:
        return ["NoneType: None\n"]
    return _traceback.format_exception_only(value, show_group, kwargs.get("colorize", False))


def print_exc(limit=None, file=None, chain=True):
    """Print the exception being handled."""
    print_exception(sys.exception(), limit=limit, file=file, chain=chain)


def format_exc(limit=None, chain=True):
    """Like print_exc() but return a string."""
    return "".join(format_exception(sys.exception(), limit=limit, chain=chain))


def print_last(limit=None, file=None, chain=True):
    """Print the exception that the prompt has shown last."""
    if not hasattr(sys, 'last_exc') and not hasattr(sys, 'last_type'):
        raise ValueError("no last exception")
    if hasattr(sys, 'last_exc'):
        print_exception(sys.last_exc, limit=limit, file=file, chain=chain)
    else:
        print_exception(sys.last_type, sys.last_value, sys.last_traceback, limit, file, chain)


def print_tb(tb, limit=None, file=None):
    """Print the frames of a traceback."""
    _write(format_tb(tb, limit), file)


def format_tb(tb, limit=None):
    """The text of the frames of a traceback, one string each."""
    return extract_tb(tb, limit).format()


def extract_tb(tb, limit=None):
    """The frames of a traceback as a StackSummary."""
    return StackSummary._of_traceback(None, tb, limit)


def print_stack(f=None, limit=None, file=None):
    """Print the frames that are running."""
    if f is None:
        f = sys._getframe().f_back
    _write(extract_stack(f, limit).format(), file)


def format_stack(f=None, limit=None):
    """The text of the frames that are running, one string each."""
    if f is None:
        f = sys._getframe().f_back
    return extract_stack(f, limit).format()


def extract_stack(f=None, limit=None):
    """The frames that are running as a StackSummary, the outermost first."""
    if f is None:
        f = sys._getframe().f_back
    stack = StackSummary.extract(walk_stack(f), limit=limit)
    stack.reverse()
    return stack


def format_list(extracted_list):
    """The text of frames, one string each; the frames are FrameSummary objects or tuples of four."""
    return StackSummary.from_list(extracted_list).format()


def print_list(extracted_list, file=None):
    """Print frames that extract_tb() or extract_stack() gave."""
    _write(format_list(extracted_list), file)


def clear_frames(tb):
    """Clear all references to local variables in the frames of a traceback."""
    while tb is not None:
        try:
            tb.tb_frame.clear()
        except RuntimeError:
            pass
        tb = tb.tb_next


def walk_stack(f):
    """Give the frame and line number of each frame, from the innermost to the outermost.

    Without a frame it begins with the one that calls StackSummary.extract() with it.
    """
    if f is None:
        f = sys._getframe().f_back.f_back.f_back.f_back
    while f is not None:
        yield f, f.f_lineno
        f = f.f_back


def walk_tb(tb):
    """Give the frame and line number of each entry of a traceback."""
    while tb is not None:
        yield tb.tb_frame, tb.tb_lineno
        tb = tb.tb_next


def _shown(value, what, func=str):
    try:
        return func(value)
    except Exception:
        return f"<{what} {func.__name__}() failed>"


class FrameSummary:
    """Information about a single frame from a traceback."""

    __slots__ = ('filename', 'lineno', 'end_lineno', 'colno', 'end_colno', 'name', '_text', '_read', 'locals')

    def __init__(self, filename, lineno, name, *, lookup_line=True, locals=None, line=None, end_lineno=None,
                 colno=None, end_colno=None, **kwargs):
        self.filename = filename
        self.lineno = lineno
        self.end_lineno = lineno if end_lineno is None else end_lineno
        self.colno = colno
        self.end_colno = end_colno
        self.name = name
        self._text = line
        self._read = None
        if lookup_line:
            self.line
        self.locals = {k: _shown(v, 'local', repr) for k, v in locals.items()} if locals else None

    def __eq__(self, other):
        if isinstance(other, FrameSummary):
            return (self.filename == other.filename and self.lineno == other.lineno and self.name == other.name
                    and self.locals == other.locals)
        if isinstance(other, tuple):
            return (self.filename, self.lineno, self.name, self.line) == other
        return NotImplemented

    def __getitem__(self, pos):
        return (self.filename, self.lineno, self.name, self.line)[pos]

    def __iter__(self):
        return iter([self.filename, self.lineno, self.name, self.line])

    def __repr__(self):
        return f"<FrameSummary file {self.filename}, line {self.lineno} in {self.name}>"

    def __len__(self):
        return 4

    @property
    def line(self):
        if self._text is not None:
            return self._text.partition("\n")[0].strip()
        if self._read is None:
            if self.lineno is None:
                return None
            self._read = _traceback.line(self.filename, self.lineno)
        return self._read

    def _parts(self):
        shown = sorted(self.locals.items()) if self.locals else None
        return (self.filename, self.lineno, self.end_lineno, self.colno, self.end_colno, self.name, self._text, shown)


_RECURSIVE_CUTOFF = 3


class StackSummary(list):
    """A list of FrameSummary objects, representing a stack of frames."""

    @classmethod
    def extract(klass, frame_gen, *, limit=None, lookup_lines=True, capture_locals=False):
        """A StackSummary of what walk_tb() or walk_stack() gives."""
        def with_positions():
            for f, lineno in frame_gen:
                yield f, (lineno, None, None, None)

        return klass._of_frames(with_positions(), limit, lookup_lines, capture_locals)

    @classmethod
    def _of_frames(klass, frames, limit, lookup_lines, capture_locals):
        if limit is None:
            limit = getattr(sys, 'tracebacklimit', None)
            if limit is not None and limit < 0:
                limit = 0
        if limit is not None:
            if limit >= 0:
                frames = islice(frames, limit)
            else:
                frames = list(frames)[limit:]
        result = klass()
        for f, (lineno, end_lineno, colno, end_colno) in frames:
            summary = FrameSummary(f.f_code.co_filename, lineno, f.f_code.co_name, lookup_line=False,
                                   locals=f.f_locals if capture_locals else None, end_lineno=end_lineno,
                                   colno=colno, end_colno=end_colno)
            result.append(summary)
        if lookup_lines:
            for summary in result:
                summary.line
        return result

    @classmethod
    def _of_traceback(klass, exc, tb, limit, lookup_lines=True, capture_locals=False):
        frames = list(walk_tb(tb))
        try:
            rows = [row[1:5] for row in _traceback.extract_tb(exc, tb, sys.maxsize)]
        except TypeError:
            # No traceback, but something that looks like one.
            rows = [(lineno, None, None, None) for _, lineno in frames]
        frames = [(f, row) for (f, _), row in zip(frames, rows)]
        return klass._of_frames(frames, limit, lookup_lines, capture_locals)

    @classmethod
    def from_list(klass, a_list):
        """A StackSummary of FrameSummary objects or tuples of four."""
        result = StackSummary()
        for frame in a_list:
            if not isinstance(frame, FrameSummary):
                filename, lineno, name, line = frame
                frame = FrameSummary(filename, lineno, name, line=line)
            result.append(frame)
        return result

    def format_frame_summary(self, frame_summary, **kwargs):
        """The text of one frame; a subclass may return None to leave it out."""
        return "".join(_traceback.format_frames([frame_summary._parts()], kwargs.get("colorize", False)))

    def format(self, **kwargs):
        """The text of the frames, one string each, repetitions folded."""
        result = []
        last, count = None, 0

        def fold():
            if count > _RECURSIVE_CUTOFF:
                more = count - _RECURSIVE_CUTOFF
                result.append(f"  [Previous line repeated {more} more time{'s' if more > 1 else ''}]\n")

        for summary in self:
            text = self.format_frame_summary(summary, **kwargs)
            if text is None:
                continue
            place = (summary.filename, summary.lineno, summary.name)
            if None in place or place != last:
                fold()
                last, count = place, 0
            count += 1
            if count <= _RECURSIVE_CUTOFF:
                result.append(text)
        fold()
        return result


class _Margin:
    """What stands left of the lines of an exception group while it is printed."""

    def __init__(self):
        self.depth = 0
        self.need_close = False

    @property
    def indent(self):
        return ' ' * (2 * self.depth)

    def emit(self, pieces, char='|'):
        margin = f"{self.indent}{char} " if self.depth else ""
        for piece in [pieces] if isinstance(pieces, str) else pieces:
            yield "".join(margin + line for line in piece.splitlines(True)) if margin else piece


_CAUSE = "\nThe above exception was the direct cause of the following exception:\n\n"
_CONTEXT = "\nDuring handling of the above exception, another exception occurred:\n\n"


class TracebackException:
    """An exception ready to be shown: its text is made at once, and the exception is not kept."""

    def __init__(self, exc_type, exc_value, exc_traceback, *, limit=None, lookup_lines=True, capture_locals=False,
                 compact=False, max_group_width=15, max_group_depth=10, save_exc_type=True, _seen=None):
        nested = _seen is not None
        _seen = _seen if nested else set()
        _seen.add(id(exc_value))
        options = {'limit': limit, 'lookup_lines': lookup_lines, 'capture_locals': capture_locals,
                   'max_group_width': max_group_width, 'max_group_depth': max_group_depth}
        self.max_group_width = max_group_width
        self.max_group_depth = max_group_depth
        self.stack = StackSummary._of_traceback(exc_value, exc_traceback, limit, lookup_lines, capture_locals)
        self._exc_type = exc_type if save_exc_type else None
        self._have_exc_type = exc_type is not None
        self._str = _shown(exc_value, 'exception')
        try:
            self.__notes__ = getattr(exc_value, '__notes__', None)
        except Exception as error:
            self.__notes__ = [f"Ignored error getting __notes__: {_shown(error, '__notes__', repr)}"]
        self.exc_type_qualname = self.exc_type_module = None
        self._is_syntax_error = False
        if exc_type is not None:
            self.exc_type_qualname = exc_type.__qualname__
            self.exc_type_module = exc_type.__module__
            if issubclass(exc_type, SyntaxError):
                self._is_syntax_error = True
                for name in ("filename", "text", "offset", "end_offset", "msg"):
                    setattr(self, name, getattr(exc_value, name))
                for name in ("lineno", "end_lineno"):
                    value = getattr(exc_value, name)
                    setattr(self, name, None if value is None else str(value))
            elif isinstance(exc_value, (ImportError, NameError, AttributeError)):
                self._str += _traceback.hint(exc_value, exc_traceback)
        self.__suppress_context__ = exc_value.__suppress_context__ if exc_value is not None else False
        self.__cause__ = self.__context__ = self.exceptions = None
        if nested:
            return
        # No recursion: a chain may be long.
        queue = [(self, exc_value)]
        while queue:
            shown, value = queue.pop()

            def follow(other, compact=False):
                made = TracebackException(type(other), other, other.__traceback__, **options, compact=compact,
                                          _seen=_seen)
                queue.append((made, other))
                return made

            if value is None:
                continue
            cause, context = value.__cause__, value.__context__
            if cause is not None and id(cause) not in _seen:
                shown.__cause__ = follow(cause)
            needed = not compact or shown.__cause__ is None and not shown.__suppress_context__
            if context is not None and needed and id(context) not in _seen:
                shown.__context__ = follow(context)
            if isinstance(value, BaseExceptionGroup):
                shown.exceptions = [follow(other) for other in value.exceptions]

    @classmethod
    def from_exception(cls, exc, *args, **kwargs):
        """A TracebackException of an exception."""
        return cls(type(exc), exc, exc.__traceback__, *args, **kwargs)

    @property
    def exc_type(self):
        import warnings
        warnings.warn('Deprecated in 3.13. Use exc_type_str instead.', DeprecationWarning, stacklevel=2)
        return self._exc_type

    @property
    def exc_type_str(self):
        """The name of the class, with its module's where that says more."""
        if not self._have_exc_type:
            return None
        module = self.exc_type_module
        if module in ("__main__", "builtins"):
            return self.exc_type_qualname
        if not isinstance(module, str):
            module = "<unknown>"
        return f"{module}.{self.exc_type_qualname}"

    def __str__(self):
        return self._str

    def __eq__(self, other):
        if isinstance(other, TracebackException):
            return self.__dict__ == other.__dict__
        return NotImplemented

    def format_exception_only(self, *, show_group=False, _depth=0, **kwargs):
        """Give the lines that follow the traceback."""
        indent = 3 * _depth * ' '
        if not self._have_exc_type:
            yield f"{indent}{_traceback.last_line(None, self._str, False)}\n"
            return
        name = self.exc_type_str
        if self._is_syntax_error:
            lines = _traceback.syntax_lines(name, self.msg, self.filename, self.lineno, self.end_lineno, self.text,
                                            self.offset, self.end_offset, kwargs.get("colorize", False))
            yield from [indent + line for line in lines]
        elif _depth > 0:
            lines = _traceback.last_line(name, self._str, kwargs.get("colorize", False)).split("\n")
            yield from [f"{indent}{line}\n" for line in lines]
        else:
            yield _traceback.last_line(name, self._str, kwargs.get("colorize", False)) + "\n"
        notes = self.__notes__
        if isinstance(notes, (list, tuple)):
            for note in notes:
                yield from [f"{indent}{line}\n" for line in _shown(note, 'note').split("\n")]
        elif notes is not None:
            yield f"{indent}{_shown(notes, '__notes__', repr)}\n"
        if self.exceptions and show_group and _depth <= self.max_group_depth:
            for member in self.exceptions:
                yield from member.format_exception_only(show_group=True, _depth=_depth + 1, **kwargs)

    def format(self, *, chain=True, _margin=None, **kwargs):
        """Give the text of the exception in pieces."""
        margin = _Margin() if _margin is None else _margin
        links = []
        current = self
        while current is not None:
            message = following = None
            if chain and current.__cause__ is not None:
                message, following = _CAUSE, current.__cause__
            elif chain and current.__context__ is not None and not current.__suppress_context__:
                message, following = _CONTEXT, current.__context__
            links.append((message, current))
            current = following
        for message, shown in reversed(links):
            if message is not None:
                yield from margin.emit(message)
            if shown.exceptions is None:
                if shown.stack:
                    yield from margin.emit("Traceback (most recent call last):\n")
                    yield from margin.emit(shown.stack.format(**kwargs))
                yield from margin.emit(shown.format_exception_only(**kwargs))
            elif margin.depth > self.max_group_depth:
                yield from margin.emit(f"... (max_group_depth is {self.max_group_depth})\n")
            else:
                yield from shown._format_group(chain, margin, kwargs)

    def _format_group(self, chain, margin, options):
        outermost = margin.depth == 0
        if outermost:
            margin.depth = 1
        if self.stack:
            yield from margin.emit("Exception Group Traceback (most recent call last):\n", '+' if outermost else '|')
            yield from margin.emit(self.stack.format(**options))
        yield from margin.emit(self.format_exception_only(**options))
        total = len(self.exceptions)
        count = min(total, self.max_group_width + 1)
        margin.need_close = False
        for position in range(count):
            last = position == count - 1
            if last:
                margin.need_close = True
            truncated = position >= self.max_group_width
            title = '...' if truncated else position + 1
            corner = '+-' if position == 0 else '  '
            yield f"{margin.indent}{corner}+---------------- {title} ----------------\n"
            margin.depth += 1
            if truncated:
                remaining = total - self.max_group_width
                yield from margin.emit(f"and {remaining} more exception{'s' if remaining > 1 else ''}\n")
            else:
                yield from self.exceptions[position].format(chain=chain, _margin=margin, **options)
            if last and margin.need_close:
                yield f"{margin.indent}+------------------------------------\n"
                margin.need_close = False
            margin.depth -= 1
        if outermost:
            margin.depth = 0

    def print(self, *, file=None, chain=True, **kwargs):
        """Print the exception to file, sys.stderr by default."""
        _write(self.format(chain=chain, **kwargs), file)
