"""Tracebacks and the frames that are running, as text and as data."""

import sys
import _traceback

__all__ = ['extract_stack', 'extract_tb', 'format_exception', 'format_exception_only', 'format_list', 'format_stack',
           'format_tb', 'print_exc', 'format_exc', 'print_exception', 'print_last', 'print_stack', 'print_tb',
           'clear_frames', 'FrameSummary', 'StackSummary', 'TracebackException', 'walk_stack', 'walk_tb', 'print_list']

_missing = object()


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
    return _traceback.format_exception(value, tb, limit, chain, False)


def print_exception(exc, /, value=_missing, tb=_missing, limit=None, file=None, chain=True, **kwargs):
    """Print an exception with its traceback to file, sys.stderr by default."""
    _write(format_exception(exc, value, tb, limit, chain), file)


def format_exception_only(exc, /, value=_missing, *, show_group=False, **kwargs):
    """The part of the text that follows the traceback."""
    if value is _missing:
        value = exc
    if value is None:
        return ["NoneType: None\n"]
    return _traceback.format_exception_only(value, show_group)


def print_exc(limit=None, file=None, chain=True):
    """Print the exception being handled."""
    print_exception(sys.exception(), limit=limit, file=file, chain=chain)


def format_exc(limit=None, chain=True):
    """The text that print_exc() prints."""
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
    return StackSummary(_summary(row) for row in _traceback.extract_tb(tb, limit))


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
    """The frames that are running as a StackSummary."""
    if f is None:
        f = sys._getframe().f_back
    return StackSummary(_summary(row) for row in _traceback.extract_stack(f, limit))


def format_list(extracted_list):
    """The text of frames, one string each; the frames are FrameSummary objects or tuples of four."""
    return StackSummary.from_list(extracted_list).format()


def print_list(extracted_list, file=None):
    """Print frames that extract_tb() or extract_stack() gave."""
    _write(format_list(extracted_list), file)


def clear_frames(tb):
    """Drop the variables of the frames of a traceback."""
    while tb is not None:
        try:
            tb.tb_frame.clear()
        except RuntimeError:
            pass
        tb = tb.tb_next


def walk_stack(f):
    """Give the frame and line number of each frame, from the innermost to the outermost."""
    if f is None:
        f = sys._getframe().f_back.f_back
    while f is not None:
        yield f, f.f_lineno
        f = f.f_back


def walk_tb(tb):
    """Give the frame and line number of each entry of a traceback."""
    while tb is not None:
        yield tb.tb_frame, tb.tb_lineno
        tb = tb.tb_next


def _summary(row):
    filename, lineno, end_lineno, colno, end_colno, name = row
    return FrameSummary(filename, lineno, name, end_lineno=end_lineno, colno=colno, end_colno=end_colno)


class FrameSummary:
    """What a traceback shows of a frame."""

    __slots__ = ('filename', 'lineno', 'end_lineno', 'colno', 'end_colno', 'name', '_text', 'locals')

    def __init__(self, filename, lineno, name, *, lookup_line=True, locals=None, line=None, end_lineno=None,
                 colno=None, end_colno=None):
        self.filename, self.name, self._text = filename, name, line
        self.lineno, self.end_lineno = lineno, lineno if end_lineno is None else end_lineno
        self.colno, self.end_colno = colno, end_colno
        self.locals = {k: repr(v) for k, v in locals.items()} if locals else None

    def __eq__(self, other):
        if isinstance(other, FrameSummary):
            return (self.filename == other.filename and self.lineno == other.lineno and self.name == other.name
                    and self.locals == other.locals)
        if isinstance(other, tuple):
            return self._old_form() == other
        return NotImplemented

    def __getitem__(self, pos):
        return self._old_form()[pos]

    def __iter__(self):
        return iter(self._old_form())

    def _old_form(self):
        # Frames were tuples once, and still behave like them.
        return self.filename, self.lineno, self.name, self.line

    def __repr__(self):
        return f"<FrameSummary file {self.filename}, line {self.lineno} in {self.name}>"

    def __len__(self):
        return 4

    @property
    def line(self):
        if self._text is not None:
            return self._text.partition("\n")[0].strip()
        if self.lineno is None:
            return None
        return _traceback.line(self.filename, self.lineno)

    def _parts(self):
        shown = sorted(self.locals.items()) if self.locals else None
        return (self.filename, self.lineno, self.end_lineno, self.colno, self.end_colno, self.name, self._text, shown)


class StackSummary(list):
    """The frames of a traceback or of a stack, as FrameSummary objects."""

    @classmethod
    def extract(klass, frame_gen, *, limit=None, lookup_lines=True, capture_locals=False):
        """A StackSummary of what walk_tb() or walk_stack() gives."""
        rows = list(frame_gen)
        if limit is None:
            limit = getattr(sys, 'tracebacklimit', None)
            if limit is not None and limit < 0:
                limit = 0
        if limit is not None:
            rows = rows[:limit] if limit >= 0 else rows[limit:]
        return klass(FrameSummary(f.f_code.co_filename, lineno, f.f_code.co_name,
                                  locals=f.f_locals if capture_locals else None) for f, lineno in rows)

    @classmethod
    def from_list(klass, a_list):
        """A StackSummary of FrameSummary objects or tuples of four."""
        return klass(frame if isinstance(frame, FrameSummary) else FrameSummary(*frame[:3], line=frame[3])
                     for frame in a_list)

    def format_frame_summary(self, frame_summary, **kwargs):
        """The text of one frame."""
        return "".join(_traceback.format_frames([frame_summary._parts()]))

    def format(self, **kwargs):
        """The text of the frames, one string each, repetitions folded."""
        return _traceback.format_frames([frame._parts() for frame in self])


class TracebackException:
    """An exception ready to be shown: its text is made at once, and the exception is not kept."""

    def __init__(self, exc_type, exc_value, exc_traceback, *, limit=None, lookup_lines=True, capture_locals=False,
                 compact=False, max_group_width=15, max_group_depth=10, save_exc_type=True):
        self.stack = extract_tb(exc_traceback, limit)
        self.exc_type = exc_type if save_exc_type else None
        self.exc_type_str = None
        if exc_type is not None:
            module = exc_type.__module__
            self.exc_type_str = exc_type.__qualname__
            if module not in ("__main__", "builtins"):
                self.exc_type_str = f"{module}.{self.exc_type_str}"
        self._str = _text_of(exc_value)
        self.__notes__ = getattr(exc_value, '__notes__', None)
        self.__suppress_context__ = exc_value.__suppress_context__ if exc_value is not None else False
        if isinstance(exc_value, SyntaxError):
            for name in ("filename", "text", "offset", "end_offset", "msg"):
                setattr(self, name, getattr(exc_value, name))
            for name in ("lineno", "end_lineno"):
                value = getattr(exc_value, name)
                setattr(self, name, None if value is None else str(value))
        if exc_value is None:
            self._chain = self._alone = self._only = self._groups = ["NoneType: None\n"]
        else:
            self._chain = _traceback.format_exception(exc_value, exc_traceback, limit, True, capture_locals)
            self._alone = _traceback.format_exception(exc_value, exc_traceback, limit, False, capture_locals)
            self._only = _traceback.format_exception_only(exc_value, False)
            self._groups = _traceback.format_exception_only(exc_value, True)

    @classmethod
    def from_exception(cls, exc, *args, **kwargs):
        """A TracebackException of an exception."""
        return cls(type(exc), exc, exc.__traceback__, *args, **kwargs)

    def __str__(self):
        return self._str

    def __eq__(self, other):
        if isinstance(other, TracebackException):
            return self.__dict__ == other.__dict__
        return NotImplemented

    def format(self, *, chain=True, **kwargs):
        """Give the text of the exception in pieces."""
        yield from self._chain if chain else self._alone

    def format_exception_only(self, *, show_group=False, **kwargs):
        """Give the lines that follow the traceback."""
        yield from self._groups if show_group else self._only

    def print(self, *, file=None, chain=True, **kwargs):
        """Print the exception to file, sys.stderr by default."""
        _write(self.format(chain=chain), file)


def _text_of(value):
    try:
        return str(value)
    except Exception:
        return "<exception str() failed>"
