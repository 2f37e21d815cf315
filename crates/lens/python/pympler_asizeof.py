"""How large objects are together with all that belongs to them.

Classes, modules, functions and code count as nothing: they belong to the program as a whole. What several objects share
counts once.
"""

import _heap
import array

from pympler import is_a

__all__ = ["Asized", "Asizer", "asized", "asizeof", "asizesof", "basicsize", "flatsize", "itemsize", "leng", "refs"]

ALIGN = 8
OPTIONS = ("align", "all", "above", "clip", "code", "cutoff", "derive", "detail", "frames", "ignored", "infer", "limit",
           "stats", "stream")


# Code, frames and the statistics of types are not measured here.
UNSUPPORTED = ("all", "code", "frames", "stats")


def check(options):
    for name, value in options.items():
        if name not in OPTIONS:
            raise KeyError(f"invalid option: reset({name}={value!r})")
        if name in UNSUPPORTED and value:
            raise NotImplementedError(f"pympler.asizeof: the option {name} is not supported by Ouro")


def aligned(size, align=ALIGN):
    return (size + align - 1) // align * align if align > 1 else size


def shortened(value, clip=80):
    try:
        text = repr(value).replace("\n", "\\n")
    except Exception:
        text = "N/A"
    return text if len(text) <= clip else text[: clip // 2 - 2] + "...." + text[-(clip // 2 - 2):]


class Asized:
    """The sizes of one object: size with all that belongs to it, flat by itself, and those of its parts in refs."""

    __slots__ = ("size", "flat", "refs", "name")

    def __init__(self, size, flat, refs=(), name=None):
        self.size = size
        self.flat = flat
        self.refs = tuple(refs)
        self.name = name

    def __str__(self):
        return f"size {self.size}, flat {self.flat}, refs[{len(self.refs)}], name {self.name!r}"

    def format(self, format="%(name)s size=%(size)d flat=%(flat)d", depth=-1, order_by="size", indent=""):
        """The sizes in lines, parts indented below."""
        values = {"name": self.name, "size": self.size, "flat": self.flat}
        lines = [indent + format % values]
        if depth:
            for part in sorted(self.refs, key=lambda part: getattr(part, order_by), reverse=order_by != "name"):
                lines.append(part.format(format, depth - 1, order_by, indent + "    "))
        return "\n".join(lines)

    def get(self, name, dflt=None):
        """The part of a name."""
        for part in self.refs:
            if part.name == name:
                return part
        return dflt


def parts(value, named=False):
    """Names and objects of what a value directly refers to; the names are left out unless they are wanted."""
    if is_a(value, dict):
        for key, item in list(dict.items(value)):
            label = text_of(key) if named else ""
            yield f"[K] {label}", key
            yield f"[V] {label}: {shortened(item) if named else ''}", item
    for name, item in _heap.parts(value):
        yield name or (shortened(item) if named else ""), item


def text_of(key):
    try:
        return str(key)
    except Exception:
        return "N/A"


class Asizer:
    """Adds sizes up over several calls; an object that was counted counts no more."""

    def __init__(self, **options):
        self.reset(**options)

    def reset(self, **options):
        """Forgets all objects."""
        check(options)
        self.align = options.get("align", ALIGN)
        self.limit = options.get("limit", 100)
        self.detail = options.get("detail", 0)
        self.seen = {}
        self.total = 0

    def exclude_refs(self, *objs):
        """Counts these objects as seen."""
        for value in objs:
            self.seen[id(value)] = value

    def size(self, value):
        return aligned(_heap.size(value), self.align)

    def measure(self, value, detail, depth, name=None):
        # A part keeps the name of its place, a whole its text.
        name = shortened(value) if name is None else name
        if id(value) in self.seen or _heap.is_shared(value):
            return Asized(0, 0, (), name)
        self.seen[id(value)] = value
        flat = total = self.size(value)
        found = []
        if depth > 0:
            for part_name, part in parts(value, detail > 0):
                sized = self.measure(part, detail - 1, depth - 1, part_name if detail > 0 else "")
                total += sized.size
                if detail > 0:
                    found.append(sized)
        return Asized(total, flat, found, name)

    def asized(self, *objs, **options):
        """The sizes of objects with those of their parts, down to the level of detail."""
        check(options)
        sized = {}
        for value in objs:
            if id(value) not in sized:
                sized[id(value)] = self.measure(value, options.get("detail", self.detail), self.limit)
                self.total += sized[id(value)].size
        found = tuple(sized[id(value)] for value in objs)
        return found[0] if len(found) == 1 else found

    def asizeof(self, *objs, **options):
        """The size of all objects together."""
        return sum(self.asizesof(*objs, **options))

    def asizesof(self, *objs, **options):
        """The size of each object."""
        check(options)
        sized = {}
        for value in objs:
            if id(value) not in sized:
                sized[id(value)] = self.measure(value, 0, self.limit, "").size
                self.total += sized[id(value)]
        return tuple(sized[id(value)] for value in objs)


def asized(*objs, **opts):
    """The sizes of the objects: an Asized each, with parts down to opts['detail']."""
    return Asizer(**opts).asized(*objs, **opts) if objs else ()


def asizeof(*objs, **opts):
    """The size in bytes of all objects together, with all that belongs to them."""
    check(opts)
    if len(opts) == 0:
        return _heap.deep_size(objs, ALIGN)
    return Asizer(**opts).asizeof(*objs)


def asizesof(*objs, **opts):
    """The size in bytes of each object; equal ones have the same."""
    return Asizer(**opts).asizesof(*objs)


def flatsize(obj, align=0, **opts):
    """The size of the object alone."""
    return aligned(_heap.size(obj), align)


def basicsize(obj, **opts):
    """The size of the object without its items."""
    return _heap.size(obj) - itemsize(obj) * leng(obj)


def itemsize(obj, **opts):
    """Bytes that an item of the object takes."""
    if is_a(obj, (list, tuple)):
        return 8
    if is_a(obj, (bytes, bytearray)):
        return 1
    return array.array.itemsize.__get__(obj) if is_a(obj, array.array) else 0


def leng(obj, **opts):
    """Items of the object that take space in it."""
    if is_a(obj, list):
        return (_heap.size(obj) - _heap.size([])) // 8
    for kind in (tuple, str, bytes, bytearray, dict, set, frozenset, range, array.array):
        if is_a(obj, kind):
            return kind.__len__(obj)
    return 0


def refs(obj, **opts):
    """What the object directly refers to."""
    return [value for _, value in parts(obj)]
