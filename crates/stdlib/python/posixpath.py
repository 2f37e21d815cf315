"""Operations on the names of files, as POSIX systems write them."""

import posix
from posix import fspath

curdir = "."
pardir = ".."
extsep = "."
sep = "/"
pathsep = ":"
defpath = "/bin:/usr/bin"
altsep = None
devnull = "/dev/null"
supports_unicode_filenames = False

__all__ = [
    "normcase", "isabs", "join", "splitdrive", "splitroot", "split", "splitext", "basename", "dirname", "commonprefix",
    "getsize", "getmtime", "getatime", "getctime", "islink", "exists", "lexists", "isdir", "isfile", "ismount",
    "expanduser", "expandvars", "normpath", "abspath", "samefile", "sameopenfile", "samestat", "curdir", "pardir", "sep",
    "pathsep", "defpath", "altsep", "extsep", "devnull", "realpath", "supports_unicode_filenames", "relpath",
    "commonpath", "isjunction", "isdevdrive", "isreserved",
]


def _letters(path):
    """(separator, '.', '..', '~', empty), as the path's type has them."""
    if isinstance(path, bytes):
        return b"/", b".", b"..", b"~", b""
    return "/", ".", "..", "~", ""


def _check_types(function, *args):
    """What joins paths takes either strings or bytes."""
    has_str = has_bytes = False
    for arg in args:
        if isinstance(arg, str):
            has_str = True
        elif isinstance(arg, bytes):
            has_bytes = True
        else:
            raise TypeError(
                f"{function}() argument must be str, bytes, or os.PathLike object, not {arg.__class__.__name__!r}"
            ) from None
    if has_str and has_bytes:
        raise TypeError("Can't mix strings and bytes in path components") from None


def normcase(s):
    """The name as it is: case matters."""
    return fspath(s)


def isabs(s):
    """Whether a path is absolute."""
    s = fspath(s)
    return s.startswith(_letters(s)[0])


def join(a, *p):
    """Join components; an absolute one discards what stands before it."""
    a = fspath(a)
    slash = _letters(a)[0]
    path = a
    try:
        for b in p:
            b = fspath(b)
            if b.startswith(slash) or not path:
                path = b
            elif path.endswith(slash):
                path += b
            else:
                path += slash + b
    except (TypeError, AttributeError):
        _check_types("join", a, *map(fspath, p))
        raise
    return path


def split(p):
    """(directory, last component)"""
    p = fspath(p)
    slash = _letters(p)[0]
    i = p.rfind(slash) + 1
    head, tail = p[:i], p[i:]
    if head and head != slash * len(head):
        head = head.rstrip(slash)
    return head, tail


def splitext(p):
    """(path, extension); the extension starts with a dot or is empty."""
    p = fspath(p)
    slash, dot = _letters(p)[:2]
    start = p.rfind(slash) + 1
    place = p.rfind(dot)
    # Dots at the start of a name make no extension.
    if place > start and p[start:place].strip(dot):
        return p[:place], p[place:]
    return p, p[:0]


def splitdrive(p):
    """('', path): there are no drives."""
    p = fspath(p)
    return p[:0], p


def splitroot(p):
    """(drive, root, rest)"""
    p = fspath(p)
    slash, empty = _letters(p)[0], p[:0]
    if p[:1] != slash:
        return empty, empty, p
    if p[1:2] != slash or p[2:3] == slash:
        return empty, slash, p[1:]
    return empty, p[:2], p[2:]


def basename(p):
    """The last component."""
    p = fspath(p)
    return p[p.rfind(_letters(p)[0]) + 1 :]


def dirname(p):
    """Everything but the last component."""
    return split(p)[0]


def exists(path):
    """Whether a path exists; links are followed."""
    return posix._kind(path, True) is not None


def lexists(path):
    """Whether a path exists, be it a broken link."""
    return posix._kind(path, False) is not None


def isfile(path):
    """Whether a path is a regular file."""
    return posix._kind(path, True) == "f"


def isdir(s):
    """Whether a path is a directory."""
    return posix._kind(s, True) == "d"


def islink(path):
    """Whether a path is a symbolic link."""
    return posix._kind(path, False) == "l"


def isjunction(path):
    """False: there are no junctions."""
    fspath(path)
    return False


def isdevdrive(path):
    """False: there are no such drives."""
    fspath(path)
    return False


def ismount(path):
    """Whether something is mounted at a path."""
    try:
        own = posix.lstat(path)
    except (OSError, ValueError):
        return False
    if islink(path):
        return False
    path = fspath(path)
    parent = realpath(join(path, _letters(path)[2]))
    try:
        above = posix.lstat(parent)
    except OSError:
        return False
    return own.st_dev != above.st_dev or own.st_ino == above.st_ino


def getsize(filename):
    """The size of a file in bytes."""
    return posix.stat(filename).st_size


def getmtime(filename):
    """When a file was changed last."""
    return posix.stat(filename).st_mtime


def getatime(filename):
    """When a file was read last."""
    return posix.stat(filename).st_atime


def getctime(filename):
    """When a file's description was changed last."""
    return posix.stat(filename).st_ctime


def samestat(s1, s2):
    """Whether two results of stat are about the same file."""
    return s1.st_ino == s2.st_ino and s1.st_dev == s2.st_dev


def samefile(f1, f2):
    """Whether two paths lead to the same file."""
    return samestat(posix.stat(f1), posix.stat(f2))


def sameopenfile(fp1, fp2):
    """Whether two descriptors are of the same file."""
    return samestat(posix.stat(fp1), posix.stat(fp2))


def expanduser(path):
    """Replace a leading ~ by the home directory."""
    path = fspath(path)
    slash, tilde = _letters(path)[0], _letters(path)[3]
    if not path.startswith(tilde):
        return path
    end = path.find(slash, 1)
    if end < 0:
        end = len(path)
    if end != 1:
        # The homes of other users are not looked up.
        return path
    home = posix._home()
    if home is None:
        return path
    if isinstance(path, bytes):
        home = home.encode("utf-8", "surrogateescape")
    home = home.rstrip(slash)
    return (home + path[end:]) or slash


def expandvars(path):
    """Replace $name and ${name} by variables of the environment; unknown ones stay."""
    from os import environ, fsdecode, fsencode

    path = fspath(path)
    if isinstance(path, bytes):
        return fsencode(expandvars(fsdecode(path)))
    out = []
    i = 0
    while i < len(path):
        c = path[i]
        if c != "$":
            out.append(c)
            i += 1
            continue
        if path[i + 1 : i + 2] == "{":
            end = path.find("}", i + 2)
            name = path[i + 2 : end] if end >= 0 else ""
            stop = end + 1
        else:
            stop = i + 1
            while stop < len(path) and (path[stop].isascii() and path[stop].isalnum() or path[stop] == "_"):
                stop += 1
            name = path[i + 1 : stop]
        if name and name in environ:
            out.append(environ[name])
            i = stop
        elif name:
            out.append(path[i:stop])
            i = stop
        else:
            out.append(c)
            i += 1
    return "".join(out)


def normpath(path):
    """Remove double separators, '.' and what '..' cancels."""
    path = fspath(path)
    slash, dot, dotdot = _letters(path)[:3]
    if not path:
        return dot
    _, root, rest = splitroot(path)
    parts = []
    for part in rest.split(slash):
        if not part or part == dot:
            continue
        if part != dotdot or (not root and not parts) or (parts and parts[-1] == dotdot):
            parts.append(part)
        elif parts:
            parts.pop()
    return (root + slash.join(parts)) or dot


def abspath(path):
    """The path from the root."""
    path = fspath(path)
    if not isabs(path):
        cwd = posix.getcwd()
        if isinstance(path, bytes):
            cwd = cwd.encode("utf-8", "surrogateescape")
        path = join(cwd, path)
    return normpath(path)


def realpath(filename, *, strict=False):
    """The path from the root without symbolic links."""
    filename = fspath(filename)
    try:
        return posix._realpath(abspath_only(filename))
    except OSError:
        if strict:
            raise
    slash = _letters(filename)[0]
    # Some of it does not exist: what exists is resolved, link by link.
    seen = 0
    todo = [part for part in reversed(abspath_only(filename).split(slash)) if part]
    path = slash
    while todo:
        part = todo.pop()
        if part == _letters(filename)[1]:
            continue
        if part == _letters(filename)[2]:
            path = dirname(path)
            continue
        new = join(path, part)
        if islink(new) and seen < 40:
            seen += 1
            target = posix.readlink(new)
            if isabs(target):
                path = slash
            todo.extend(piece for piece in reversed(target.split(slash)) if piece)
        else:
            path = new
    return path


def abspath_only(path):
    """The path from the root, not normalised: '..' behind a link means the link's target's parent."""
    if isabs(path):
        return path
    cwd = posix.getcwd()
    if isinstance(path, bytes):
        cwd = cwd.encode("utf-8", "surrogateescape")
    return join(cwd, path)


def relpath(path, start=None):
    """The way from a directory (the current one) to a path."""
    path = fspath(path)
    slash, dot, dotdot = _letters(path)[:3]
    if not path:
        raise ValueError("no path specified")
    start = dot if start is None else fspath(start)
    try:
        from_parts = [part for part in abspath(start).split(slash) if part]
        to_parts = [part for part in abspath(path).split(slash) if part]
    except (TypeError, AttributeError):
        _check_types("relpath", path, start)
        raise
    common = len(commonprefix([from_parts, to_parts]))
    parts = [dotdot] * (len(from_parts) - common) + to_parts[common:]
    return slash.join(parts) if parts else dot


def commonprefix(m):
    """The longest start that all have, character by character."""
    if not m:
        return ""
    if not isinstance(m[0], (list, tuple)):
        m = tuple(map(fspath, m))
    low, high = min(m), max(m)
    for i, c in enumerate(low):
        if c != high[i]:
            return low[:i]
    return low


def commonpath(paths):
    """The longest directory that all paths are in."""
    paths = tuple(map(fspath, paths))
    if not paths:
        raise ValueError("commonpath() arg is an empty sequence")
    slash, dot = _letters(paths[0])[:2]
    try:
        absolute = {path.startswith(slash) for path in paths}
        if len(absolute) != 1:
            raise ValueError("Can't mix absolute and relative paths")
        split_paths = [[part for part in path.split(slash) if part and part != dot] for path in paths]
    except (TypeError, AttributeError):
        _check_types("commonpath", *paths)
        raise
    common = commonprefix(split_paths)
    return (slash if absolute.pop() else slash[:0]) + slash.join(common)
