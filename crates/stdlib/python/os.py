"""The operating system: files, directories, the environment, the process."""

import posix
import posixpath as path
import sys
from posix import *
from posix import _exit
from posixpath import altsep, curdir, defpath, devnull, extsep, pardir, pathsep, sep

sys.modules["os.path"] = path

name = "posix"
linesep = "\n"
error = OSError
SEEK_SET = 0
SEEK_CUR = 1
SEEK_END = 2
stat_result = posix.stat_result
terminal_size = posix.terminal_size

# Functions that take descriptors of directories, or of files instead of paths.
supports_dir_fd = set()
supports_fd = set()
supports_follow_symlinks = {stat}
supports_effective_ids = set()


def fsencode(filename):
    """The bytes of a file name."""
    filename = fspath(filename)
    return filename.encode("utf-8", "surrogateescape") if isinstance(filename, str) else filename


def fsdecode(filename):
    """The text of a file name."""
    filename = fspath(filename)
    return filename.decode("utf-8", "surrogateescape") if isinstance(filename, bytes) else filename


def getcwdb():
    """The current directory as bytes."""
    return fsencode(getcwd())


class _Environ:
    """The environment as a mapping; what is set reaches the process's environment, too."""

    def __init__(self, data):
        self._data = data

    def _check(self, value):
        if not isinstance(value, str):
            raise TypeError(f"str expected, not {type(value).__name__}")
        return value

    def __getitem__(self, key):
        try:
            return self._data[self._check(key)]
        except KeyError:
            raise KeyError(key) from None

    def __setitem__(self, key, value):
        key, value = self._check(key), self._check(value)
        putenv(key, value)
        self._data[key] = value

    def __delitem__(self, key):
        unsetenv(self._check(key))
        try:
            del self._data[key]
        except KeyError:
            raise KeyError(key) from None

    def __iter__(self):
        yield from list(self._data)

    def __len__(self):
        return len(self._data)

    def __contains__(self, key):
        return key in self._data

    def __eq__(self, other):
        if isinstance(other, _Environ):
            return self._data == other._data
        return self._data == other if isinstance(other, dict) else NotImplemented

    __hash__ = None

    def __repr__(self):
        items = ", ".join(f"{key!r}: {value!r}" for key, value in self._data.items())
        return f"environ({{{items}}})"

    def get(self, key, default=None):
        return self._data.get(key, default)

    def keys(self):
        return self._data.keys()

    def values(self):
        return self._data.values()

    def items(self):
        return self._data.items()

    def copy(self):
        return dict(self._data)

    def pop(self, key, *default):
        try:
            value = self[key]
        except KeyError:
            if default:
                return default[0]
            raise
        del self[key]
        return value

    def popitem(self):
        for key in self:
            return key, self.pop(key)
        raise KeyError("popitem(): dictionary is empty")

    def setdefault(self, key, value):
        if key not in self:
            self[key] = value
        return self[key]

    def update(self, other=(), /, **kwds):
        pairs = other.items() if hasattr(other, "items") else other
        for key, value in pairs:
            self[key] = value
        for key, value in kwds.items():
            self[key] = value

    def clear(self):
        for key in self:
            del self[key]

    def __or__(self, other):
        if not isinstance(other, (dict, _Environ)):
            return NotImplemented
        result = dict(self._data)
        result.update(other.items())
        return result

    def __ior__(self, other):
        self.update(other)
        return self


environ = _Environ(posix.environ)


def getenv(key, default=None):
    """A variable of the environment."""
    return environ.get(key, default)


def _split_last(name):
    """Where the last part of a path lies, and that part; slashes at the end do not count."""
    head, tail = path.split(name)
    return (head, tail) if tail else path.split(head)


def _remove_while_empty(head, tail):
    """Remove a directory and those above it, as far as nothing else is in them."""
    while head and tail:
        try:
            rmdir(head)
        except OSError:
            return
        head, tail = path.split(head)


def makedirs(name, mode=0o777, exist_ok=False):
    """Make a directory and those above it that are missing."""
    head, tail = _split_last(name)
    if head and tail and not path.exists(head):
        try:
            makedirs(head, exist_ok=exist_ok)
        except FileExistsError:
            # Someone else was faster.
            pass
        if fsdecode(tail) == ".":
            return
    try:
        mkdir(name, mode)
    except OSError:
        if not (exist_ok and path.isdir(name)):
            raise


def removedirs(name):
    """Remove a directory and those above it that are empty then."""
    rmdir(name)
    _remove_while_empty(*_split_last(name))


def renames(old, new):
    """Rename, making the directories that are missing and removing those that are empty then."""
    head, tail = path.split(new)
    if head and tail and not path.exists(head):
        makedirs(head)
    rename(old, new)
    _remove_while_empty(*path.split(old))


class DirEntry:
    """An entry of a directory, as `scandir` gives it."""

    __slots__ = "name", "path", "_kind", "_inode"

    def __init__(self, name, path, kind, inode):
        self.name = name
        self.path = path
        self._kind = kind
        self._inode = inode

    def __fspath__(self):
        return self.path

    def __repr__(self):
        return f"<DirEntry {self.name!r}>"

    def inode(self):
        return self._inode

    def is_symlink(self):
        return self._kind == "l"

    def is_dir(self, *, follow_symlinks=True):
        if self._kind == "l":
            return follow_symlinks and path.isdir(self.path)
        return self._kind == "d"

    def is_file(self, *, follow_symlinks=True):
        if self._kind == "l":
            return follow_symlinks and path.isfile(self.path)
        return self._kind == "f"

    def is_junction(self):
        return False

    def stat(self, *, follow_symlinks=True):
        return stat(self.path, follow_symlinks=follow_symlinks)


class _ScandirIterator:
    def __init__(self, entries):
        self._entries = iter(entries)

    def __iter__(self):
        return self

    def __next__(self):
        return next(self._entries)

    def close(self):
        self._entries = iter(())

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.close()


def scandir(path=None):
    """The entries of a directory with what is known of them."""
    where = "." if path is None else fspath(path)
    found = []
    for entry_name, is_dir, is_file, is_link, inode in posix._scan(where):
        kind = "l" if is_link else "d" if is_dir else "f" if is_file else "o"
        found.append(DirEntry(entry_name, globals()["path"].join(where, entry_name), kind, inode))
    return _ScandirIterator(found)


# As `followlinks`: links to directories stand among the files.
_walk_symlinks_as_files = object()


def walk(top, topdown=True, onerror=None, followlinks=False):
    """Walk a tree of directories; gives (directory, names of directories, names of files)."""
    # What comes later: directories to look into, and what has been found in those that are told of at the end.
    later = [fspath(top)]
    while later:
        top = later.pop()
        if isinstance(top, tuple):
            yield top
            continue
        dirs, files, links = [], [], set()
        try:
            entries = list(scandir(top))
        except OSError as failure:
            if onerror is not None:
                onerror(failure)
            continue
        for entry in entries:
            if entry.is_dir(follow_symlinks=followlinks is not _walk_symlinks_as_files):
                dirs.append(entry.name)
                if entry.is_symlink():
                    links.add(entry.name)
            else:
                files.append(entry.name)
        if topdown:
            yield top, dirs, files
        else:
            later.append((top, dirs, files))
        for sub in reversed(dirs):
            below = path.join(top, sub)
            if followlinks or (sub not in links if not topdown else not path.islink(below)):
                later.append(below)


def fdopen(fd, mode="r", buffering=-1, encoding=None, *args, **kwargs):
    """A file object on an open descriptor."""
    if not isinstance(fd, int):
        raise TypeError(f"invalid fd type ({type(fd)}, expected integer)")
    import builtins

    return builtins.open(fd, mode, buffering, encoding, *args, **kwargs)


def process_cpu_count():
    """The number of processors that this process may use."""
    return cpu_count()


def get_exec_path(env=None):
    """The directories in which programs are looked for."""
    where = (environ if env is None else env).get("PATH", defpath)
    return where.split(pathsep)


class _PathLikeMeta(type):
    def __instancecheck__(cls, instance):
        return hasattr(type(instance), "__fspath__") or type.__instancecheck__(cls, instance)

    def __subclasscheck__(cls, subclass):
        return hasattr(subclass, "__fspath__") or type.__subclasscheck__(cls, subclass)

    def register(cls, subclass):
        """Say that a class stands for paths, which those with `__fspath__` do anyway."""
        return subclass


class PathLike(metaclass=_PathLikeMeta):
    """The abstract base of objects that stand for paths."""

    __slots__ = ()

    def __fspath__(self):
        raise NotImplementedError
