"""Lines of source files, read once and kept."""

import os
import re
import sys

__all__ = ["getline", "clearcache", "checkcache", "lazycache"]

# By file name: (size, time of the last change or None, lines, path), or (function that gives the text,) for modules
# whose loader has not been asked yet.
cache = {}

_COOKIE = re.compile(rb"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)", re.ASCII)


def clearcache():
    """Forget all lines."""
    cache.clear()


def getline(filename, lineno, module_globals=None):
    """A line of a file with its newline, or "" if there is none."""
    lines = getlines(filename, module_globals)
    return lines[lineno - 1] if 1 <= lineno <= len(lines) else ""


def getlines(filename, module_globals=None):
    """All lines of a file."""
    entry = cache.get(filename, ())
    if len(entry) > 1:
        return entry[2]
    try:
        return updatecache(filename, module_globals)
    except MemoryError:
        clearcache()
        return []


def checkcache(filename=None):
    """Forget the lines of files that have changed: of one, or of all."""
    for name in list(cache) if filename is None else [filename]:
        entry = cache.get(name, ())
        if len(entry) < 2 or entry[1] is None:
            continue
        try:
            found = os.stat(entry[3])
            same = (found.st_size, found.st_mtime) == entry[:2]
        except (OSError, ValueError):
            same = False
        if not same:
            cache.pop(name, None)


def _is_place(filename):
    """Whether the name is that of a file, and not one such as <stdin>."""
    return filename and not (filename.startswith("<") and filename.endswith(">"))


def updatecache(filename, module_globals=None):
    """Read the lines of a file anew; gives [] if that cannot be done."""
    if len(cache.get(filename, ())) > 1:
        cache.pop(filename, None)
    if not _is_place(filename):
        return []
    try:
        path = filename if os.path.exists(filename) else None
    except ValueError:
        return []
    if path is None:
        if lazycache(filename, module_globals):
            try:
                text = cache[filename][0]()
            except (ImportError, OSError):
                pass
            else:
                if text is None:
                    return []
                return _keep(filename, len(text), None, [line + "\n" for line in text.splitlines()], filename)
        if (path := _on_search_path(filename)) is None:
            return []
    try:
        found = os.stat(path)
        lines = _read(path)
    except (OSError, LookupError, UnicodeDecodeError):
        return []
    return _keep(filename, found.st_size, found.st_mtime, lines, path)


def _keep(filename, size, changed, lines, path):
    cache[filename] = size, changed, lines, path
    return lines


def _on_search_path(filename):
    if os.path.isabs(filename):
        return None
    folders = [folder for folder in sys.path if isinstance(folder, str)]
    paths = (os.path.join(folder, filename) for folder in folders)
    return next((path for path in paths if os.path.exists(path)), None)


def _read(path):
    with open(path, "rb") as file:
        data = file.read()
    encoding = "utf-8"
    if data.startswith(b"\xef\xbb\xbf"):
        data = data[3:]
    else:
        for line in data.split(b"\n", 2)[:2]:
            if cookie := _COOKIE.match(line):
                encoding = cookie[1].decode("ascii")
                break
    text = data.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
    if not text.endswith("\n"):
        text += "\n"
    return [line + "\n" for line in text[:-1].split("\n")]


def lazycache(filename, module_globals):
    """Note whom to ask for the lines of a module when somebody wants them; whether there is anyone to ask."""
    if filename in cache:
        return len(cache[filename]) == 1
    if not _is_place(filename) or not module_globals or "__name__" not in module_globals:
        return False
    spec = module_globals.get("__spec__")
    name = getattr(spec, "name", None) or module_globals["__name__"]
    loader = getattr(spec, "loader", None) or module_globals.get("__loader__")
    get_source = getattr(loader, "get_source", None)
    if not name or not get_source:
        return False
    cache[filename] = (lambda: get_source(name),)
    return True


def _register_code(code, string, name):
    _keep(code, len(string), None, [line + "\n" for line in string.splitlines()], name)
