"""Warnings: what may be wrong with a program, told once and not as an error."""

import sys

__all__ = [
    "warn", "warn_explicit", "showwarning", "formatwarning", "filterwarnings", "simplefilter", "resetwarnings",
    "catch_warnings", "deprecated",
]

# Each filter: (action, message pattern or None, category, module pattern or None, line number or 0), first one wins.
filters = [
    ("default", None, DeprecationWarning, "__main__", 0),
    ("ignore", None, DeprecationWarning, None, 0),
    ("ignore", None, PendingDeprecationWarning, None, 0),
    ("ignore", None, ImportWarning, None, 0),
    ("ignore", None, ResourceWarning, None, 0),
]
defaultaction = "default"
onceregistry = {}

_ACTIONS = ("default", "error", "ignore", "always", "module", "once")
_version = 0


class WarningMessage:
    """A warning with the place that it is about."""

    _WARNING_DETAILS = ("message", "category", "filename", "lineno", "file", "line", "source")

    def __init__(self, message, category, filename, lineno, file=None, line=None, source=None):
        self.message, self.category, self.source = message, category, source
        self.filename, self.lineno, self.file, self.line = filename, lineno, file, line
        self._category_name = category.__name__ if category else None

    def __str__(self):
        return (
            f"{{message : {self.message!r}, category : {self._category_name!r}, filename : {self.filename!r}, "
            f"lineno : {self.lineno}, line : {self.line!r}}}"
        )


def _source_line(filename, lineno):
    # At the end of the program CPython cannot import any more what reads lines.
    if sys.meta_path is None:
        return ""
    from _traceback import line

    return line(filename, lineno)


def formatwarning(message, category, filename, lineno, line=None):
    """The text of a warning."""
    return _text(WarningMessage(message, category, filename, lineno, None, line))


_formatwarning_orig = formatwarning


def _text(warning):
    text = f"{warning.filename}:{warning.lineno}: {warning._category_name}: {warning.message}\n"
    line = _source_line(warning.filename, warning.lineno) if warning.line is None else warning.line
    line = line.strip() if line else ""
    return (f"{text}  {line}\n" if line else text) + _origin(warning.source, warning._category_name)


def _origin(source, category):
    """Where the object that a warning is about was allocated, or what would tell."""
    if source is None:
        return ""
    try:
        import tracemalloc

        traceback = tracemalloc.get_object_traceback(source)
    except Exception:
        return ""
    if traceback is None:
        advice = f"{category}: Enable tracemalloc to get the object allocation traceback\n"
        return "" if tracemalloc.is_tracing() else advice
    text = "Object allocated at (most recent call last):\n"
    for frame in traceback:
        text += f'  File "{frame.filename}", lineno {frame.lineno}\n'
        line = _source_line(frame.filename, frame.lineno).strip()
        if line:
            text += f"    {line}\n"
    return text


def showwarning(message, category, filename, lineno, file=None, line=None):
    """Writes a warning to a file, stderr if left out."""
    _write(WarningMessage(message, category, filename, lineno, file, line))


_showwarning_orig = showwarning


def _write(warning):
    file = sys.stderr if warning.file is None else warning.file
    if file is None:
        return
    if formatwarning is _formatwarning_orig:
        text = _text(warning)
    else:
        text = formatwarning(warning.message, warning.category, warning.filename, warning.lineno, warning.line)
    try:
        file.write(text)
    except OSError:
        pass


def _show(warning):
    if showwarning is _showwarning_orig:
        _write(warning)
        return
    if not callable(showwarning):
        raise TypeError("warnings.showwarning() must be set to a function or method")
    showwarning(warning.message, warning.category, warning.filename, warning.lineno, warning.file, warning.line)


def _filters_mutated():
    global _version
    _version += 1


def _matches(pattern, text, ignore_case):
    if pattern is None:
        return True
    if isinstance(pattern, str):
        return pattern == text
    return pattern.match(text) is not None


def _pattern(text, ignore_case):
    if not text:
        return None
    if all(c.isalnum() or c in "_ " for c in text):
        return _Prefix(text, ignore_case)
    import re

    return re.compile(text, re.I if ignore_case else 0)


class _Prefix:
    """A pattern without special characters; spares the import of `re`."""

    def __init__(self, text, ignore_case):
        self.pattern = text
        self.ignore_case = ignore_case

    def match(self, text):
        if self.ignore_case:
            return True if text.lower().startswith(self.pattern.lower()) else None
        return True if text.startswith(self.pattern) else None

    def __eq__(self, other):
        return isinstance(other, _Prefix) and (self.pattern, self.ignore_case) == (other.pattern, other.ignore_case)

    def __hash__(self):
        return hash(self.pattern)


def filterwarnings(action, message="", category=Warning, module="", lineno=0, append=False):
    """Insert a filter for warnings of a category whose text and module match."""
    _check_filter(action, lineno, message, category, module)
    _add_filter(action, _pattern(message, True), category, _pattern(module, False), lineno, append=append)


def simplefilter(action, category=Warning, lineno=0, append=False):
    """Insert a filter for all warnings of a category."""
    _check_filter(action, lineno)
    _add_filter(action, None, category, None, lineno, append=append)


def _check_filter(action, lineno, message="", category=Warning, module=""):
    if action not in _ACTIONS:
        raise ValueError(f"invalid action: {action!r}")
    is_category = isinstance(category, type) and issubclass(category, Warning)
    for fits, complaint in (
        (isinstance(message, str), "message must be a string"),
        (is_category, "category must be a Warning subclass"),
        (isinstance(module, str), "module must be a string"),
        (isinstance(lineno, int), "lineno must be an int"),
    ):
        if not fits:
            raise TypeError(complaint)
    if lineno < 0:
        raise ValueError("lineno must be an int >= 0")


def _add_filter(*item, append):
    if append:
        if item not in filters:
            filters.append(item)
    else:
        if item in filters:
            filters.remove(item)
        filters.insert(0, item)
    _filters_mutated()


def resetwarnings():
    """Remove all filters."""
    filters[:] = []
    _filters_mutated()


def warn(message, category=None, stacklevel=1, source=None, *, skip_file_prefixes=()):
    """Issue a warning about the line that called, or a caller of it."""
    if isinstance(message, Warning):
        category = message.__class__
    if category is None:
        category = UserWarning
    if not (isinstance(category, type) and issubclass(category, Warning)):
        raise TypeError(f"category must be a Warning subclass, not '{type(category).__name__}'")
    try:
        frame = sys._getframe(max(stacklevel, 1))
        filename = frame.f_code.co_filename
        namespace = frame.f_globals
        lineno = frame.f_lineno
    except ValueError:
        filename, namespace, lineno = "<sys>", sys.__dict__, 0
    registry = namespace.setdefault("__warningregistry__", {})
    module = namespace.get("__name__", "<string>")
    warn_explicit(message, category, filename, lineno, module, registry, namespace, source)


def warn_explicit(
    message, category, filename, lineno, module=None, registry=None, module_globals=None, source=None
):
    """Issue a warning about a given line."""
    lineno = int(lineno)
    if module is None:
        module = filename or "<unknown>"
        if module[-3:].lower() == ".py":
            module = module[:-3]
    if registry is None:
        registry = {}
    if registry.get("version", 0) != _version:
        registry.clear()
        registry["version"] = _version
    text = message
    if isinstance(message, Warning):
        text, category = str(message), message.__class__
    else:
        message = category(text)
    key = (text, category, lineno)
    if registry.get(key):
        return
    for action, pattern, wanted, module_pattern, line in filters:
        if (
            _matches(pattern, text, True)
            and issubclass(category, wanted)
            and _matches(module_pattern, module, False)
            and (line == 0 or lineno == line)
        ):
            break
    else:
        action = defaultaction
    if action == "ignore":
        return
    if action == "error":
        raise message
    if action == "once":
        registry[key] = 1
        once = (text, category)
        if onceregistry.get(once):
            return
        onceregistry[once] = 1
    elif action in ("always", "all"):
        pass
    elif action == "module":
        registry[key] = 1
        whole = (text, category, 0)
        if registry.get(whole):
            return
        registry[whole] = 1
    elif action == "default":
        registry[key] = 1
    else:
        raise RuntimeError(f"Unrecognized action ({action!r}) in warnings.filters:\n {(action, pattern, wanted)}")
    _show(WarningMessage(message, category, filename, lineno, source=source))


def _warn_unawaited_coroutine(coro):
    lines = [f"coroutine '{coro.__qualname__}' was never awaited\n"]
    if coro.cr_origin is not None:
        import traceback

        lines.append("Coroutine created at (most recent call last)\n")
        lines += traceback.format_list(
            [(filename, lineno, name, _source_line(filename, lineno).strip())
             for filename, lineno, name in reversed(coro.cr_origin)])
    warn("".join(lines).rstrip("\n"), category=RuntimeWarning, stacklevel=2, source=coro)


def _deprecated(name, message="{name!r} is deprecated and slated for removal in Python {remove}", *, remove,
                _version=sys.version_info):
    remove_text = f"{remove[0]}.{remove[1]}"
    if _version[:2] > remove or (_version[:2] == remove and _version[3] != "alpha"):
        raise RuntimeError(f"{name!r} was slated for removal after Python {remove_text} alpha")
    warn(message.format(name=name, remove=remove_text), DeprecationWarning, stacklevel=3)


class catch_warnings:
    """Restores the filters, and what shows warnings, at the end of the block."""

    def __init__(self, *, record=False, module=None, action=None, category=Warning, lineno=0, append=False):
        self._record = record
        self._module = sys.modules["warnings"] if module is None else module
        self._entered = False
        self._filter = None if action is None else (action, category, lineno, append)

    def __repr__(self):
        args = []
        if self._record:
            args.append("record=True")
        if self._module is not sys.modules["warnings"]:
            args.append("module=" + repr(self._module))
        return f"{type(self).__name__}({', '.join(args)})"

    def __enter__(self):
        if self._entered:
            raise RuntimeError(f"Cannot enter {self!r} twice")
        self._entered = True
        self._filters = self._module.filters
        self._module.filters = self._filters[:]
        _filters_mutated()
        self._showwarning = self._module.showwarning
        self._shown = self._module._show
        log = None
        if self._record:
            log = []
            self._module._show = log.append
            self._module.showwarning = self._module._showwarning_orig
        if self._filter is not None:
            simplefilter(*self._filter)
        return log

    def __exit__(self, *exc_info):
        if not self._entered:
            raise RuntimeError(f"Cannot exit {self!r} without entering first")
        self._module.filters = self._filters
        _filters_mutated()
        self._module.showwarning = self._showwarning
        self._module._show = self._shown


class deprecated:
    """Marks a class or function as deprecated: using it warns."""

    def __init__(self, message, /, *, category=DeprecationWarning, stacklevel=1):
        if not isinstance(message, str):
            raise TypeError(f"Expected an object of type str for 'message', not {type(message).__name__!r}")
        self.message = message
        self.category = category
        self.stacklevel = stacklevel

    def __call__(self, arg, /):
        message, category, stacklevel = self.message, self.category, self.stacklevel
        if category is None:
            arg.__deprecated__ = message
            return arg
        if isinstance(arg, type):
            original = arg.__new__

            def __new__(cls, /, *args, **kwargs):
                if cls is arg:
                    warn(message, category=category, stacklevel=stacklevel + 1)
                if original is not object.__new__:
                    return original(cls, *args, **kwargs)
                return original(cls)

            arg.__new__ = staticmethod(__new__)
            arg.__deprecated__ = message
            return arg
        if callable(arg):
            import functools

            @functools.wraps(arg)
            def wrapper(*args, **kwargs):
                warn(message, category=category, stacklevel=stacklevel + 1)
                return arg(*args, **kwargs)

            arg.__deprecated__ = wrapper.__deprecated__ = message
            return wrapper
        raise TypeError(
            "@deprecated decorator with non-None category must be applied to a class or callable, "
            f"not {arg!r}"
        )


def _process_options(options):
    for option in options:
        parts = [part.strip() for part in option.split(":")]
        parts += [""] * (5 - len(parts))
        action, message, category, module, lineno = parts[:5]
        action = next((known for known in _ACTIONS if action and known.startswith(action)), action or "default")
        if action == "all":
            action = "always"
        chosen = getattr(sys.modules["builtins"], category, None) if category else Warning
        if action not in _ACTIONS or chosen is None:
            print(f"Invalid -W option ignored: invalid {'action' if action not in _ACTIONS else 'category'}: "
                  f"{(action if action not in _ACTIONS else category)!r}", file=sys.stderr)
            continue
        filterwarnings(action, message, chosen, module, int(lineno or 0))


_process_options(sys.warnoptions)
