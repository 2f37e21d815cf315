"""What the heap holds and why.

refs(x)       everyone who holds a reference to x; as many as sys.getrefcount(x) - 1
why(x)        the shortest way from a module or a frame to x
layout(x)     the bytes of x: header, payload, slack, its block and its pool
sizeof(x)     bytes of x alone, with all that belongs to it, and what would be freed if x died
pools()       how full each pool of the heap is
snapshot()    objects and bytes by type, and by the line that made them
diff(a, b)    what has changed from one snapshot to another
explain()     what the last collection did, object by object
leaks()       objects that only cycles of references keep alive

Looking changes nothing: no count, no collection, and nothing of this module is part of an answer. Collections are
recorded for explain() from the import of this module on.
"""

import _heap

__all__ = ["refs", "why", "layout", "sizeof", "pools", "snapshot", "diff", "explain", "leaks"]


class Report(list):
    """Lines of an answer, which show as they are."""

    __slots__ = ()

    def __repr__(self):
        return "\n".join(self)

    __str__ = __repr__


class Layout:
    """The bytes of one object: address, count, type, header, payload, slack, block, storage, pool, arena."""

    def __init__(self, lines, parts):
        self.lines = lines
        self.__dict__.update(parts)

    def __repr__(self):
        return "\n".join(self.lines)


class Sizes:
    """Three sizes in bytes: shallow, deep, retained."""

    __slots__ = ("shallow", "deep", "retained")

    def __init__(self, shallow, deep, retained):
        self.shallow = shallow
        self.deep = deep
        self.retained = retained

    def __iter__(self):
        return iter((self.shallow, self.deep, self.retained))

    def __repr__(self):
        return f"shallow={self.shallow} deep={self.deep} retained={self.retained}"


def table(rows, title, sign=""):
    """Rows of a name, objects and bytes as text."""
    width = max([len(row[0]) for row in rows] + [len(title)])
    yield f"{title:<{width}} {'objects':>9} {'bytes':>12}"
    for name, objects, size in rows:
        yield f"{name:<{width}} {objects:>{sign}9} {size:>{sign}12}"


class Snapshot:
    """What the heap held: rows of a name, objects and bytes in types and, where allocations are traced, in lines."""

    __slots__ = ("types", "lines")
    sign = ""
    nothing = "nothing"

    def __init__(self, types, lines):
        self.types = types
        self.lines = lines

    @property
    def objects(self):
        """Objects in all."""
        return sum(row[1] for row in self.types)

    @property
    def bytes(self):
        """Bytes in all."""
        return sum(row[2] for row in self.types)

    def of(self, name):
        """Objects and bytes of a type, by its name."""
        for known, objects, size in self.types:
            if known == name:
                return objects, size
        return 0, 0

    def __repr__(self):
        if not self.types and not self.lines:
            return self.nothing
        lines = list(table(self.types, "type", self.sign))
        if self.lines:
            lines += table(self.lines, "line", self.sign)
        return "\n".join(lines)


class Diff(Snapshot):
    """What has changed between two snapshots."""

    __slots__ = ()
    sign = "+"
    nothing = "nothing has changed"


class Leaks(list):
    """Leaked objects: a row each of group, type, bytes, line of birth or None, words."""

    __slots__ = ("lines",)

    def __repr__(self):
        return "\n".join(self.lines) if self else "nothing"

    __str__ = __repr__


def refs(object, /):
    """Everyone who holds a reference to the object, in words."""
    return Report(_heap.refs(object))


def why(object, /):
    """Why the object is alive: the shortest way to it from a module, a frame or the interpreter."""
    return Report(_heap.why(object))


def layout(object, /):
    """The bytes of the object, and where its block lies."""
    return Layout(*_heap.layout(object))


def sizeof(object, /):
    """Bytes of the object alone, of all that belongs to it, and of what would be freed with it."""
    return Sizes(*_heap.sizeof(object))


def pools():
    """The pools of the heap with their occupancy, a sign for each."""
    return Report(_heap.pools())


def snapshot():
    """Objects and bytes by type, and by line where allocations are traced."""
    return Snapshot(*_heap.snapshot())


def diff(before, after=None, /):
    """What has changed since a snapshot, until another one or now."""
    if after is None:
        after = snapshot()
    return Diff(_heap.difference(before.types, after.types), _heap.difference(before.lines, after.lines))


def explain():
    """What the last collection did, object by object."""
    return Report(_heap.explain() or ["no collection has been recorded since heap was imported"])


def leaks():
    """What is out of reach but not collected yet."""
    lines, rows = _heap.leaks()
    found = Leaks(rows)
    found.lines = lines
    return found
