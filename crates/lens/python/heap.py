"""What the heap holds and why.

refs(x)       everyone who holds a reference to x; as many as sys.getrefcount(x) - 1
why(x)        the shortest way from a module or a frame to x
layout(x)     the bytes of x: header, payload, slack, its block and its pool
sizeof(x)     bytes of x alone, with all that belongs to it, and what would be freed if x died
pools()       how full each pool of the heap is
snapshot()    objects and bytes by type, and by the line that made them while tracemalloc traces
diff(a, b)    what has changed from one snapshot to another, or until now
explain()     what the last collection did, object by object
leaks()       objects that only cycles of references keep alive

Looking changes nothing: no count, no collection, and nothing of this module is part of an answer. Collections are
recorded for explain() from the import of this module on.

An answer shows as text. Its attribute data has the same as plain values (dict, list, str, int, bool, None), and its
method json() makes JSON of these. The keys, where an object is described by object (what it is, in words), type and
address (what id() tells):

refs(x)       object, type, address, count (null if immortal), holders: a list of holder (the line of text), kind, and
              for kind "object" place, object, type, address; for kind "frame" frame, file, line; kinds "tool" (these
              modules themselves, where they share a name or a module with the program) and "interpreter"
why(x)        object, type, address, reason ("way", "cycle", "immortal", "nothing"), root (what the way begins at, or
              null), path: a list of place (null for the first), object, type, address
layout(x)     address, count, type, flags, header, payload, slack, block, storage, pool, arena
sizeof(x)     shallow, deep, retained
pools()       pools: a list of family, arena, pool, size (of a block), blocks, used; outside: objects, storage (bytes)
snapshot()    objects, bytes, traced, types: a list of name, objects, bytes; lines: a list of file, line, objects, bytes
diff(a, b)    the same; each number is a change
explain()     generation, asked_for, candidates, unreachable, collected, nanoseconds, objects: a list of object,
              address, count, left (without the candidates' references), stays, reason, finalized, resurrected, kept
              (in gc.garbage), cleared; null if no collection has been recorded
leaks()       a list of group, object, type, bytes, birth (file and line, or null), references: a list of place, object
"""

import _heap

__all__ = ["refs", "why", "layout", "sizeof", "pools", "snapshot", "diff", "explain", "leaks"]


class Answer:
    """What all answers can do; data has the plain values."""

    __slots__ = ()

    def json(self):
        """The data as JSON."""
        return _heap.json(self.data)


class Report(Answer, list):
    """Lines of an answer, which show as they are."""

    __slots__ = ("data",)

    def __init__(self, lines, data):
        super().__init__(lines)
        self.data = data

    def __repr__(self):
        return "\n".join(self)

    __str__ = __repr__


class Layout(Answer):
    """The bytes of one object: address, count, type, flags, header, payload, slack, block, storage, pool, arena."""

    def __init__(self, lines, data):
        self.lines = lines
        self.data = data
        self.__dict__.update(data)

    def __repr__(self):
        return "\n".join(self.lines)


class Sizes(Answer):
    """Three sizes in bytes: shallow, deep, retained."""

    __slots__ = ("shallow", "deep", "retained")

    def __init__(self, shallow, deep, retained):
        self.shallow = shallow
        self.deep = deep
        self.retained = retained

    @property
    def data(self):
        return {"shallow": self.shallow, "deep": self.deep, "retained": self.retained}

    def __iter__(self):
        return iter((self.shallow, self.deep, self.retained))

    def __repr__(self):
        return f"shallow={self.shallow} deep={self.deep} retained={self.retained}"


class Snapshot(Answer):
    """What the heap held: rows of a name, objects and bytes in types and, where allocations are traced, in lines.

    The lines are those that made the objects, as far as they were made while tracemalloc was tracing."""

    __slots__ = ("types", "lines", "traced")
    signed = False
    nothing = "nothing"
    no_lines = "no lines: allocations are not traced (tracemalloc.start())"

    def __init__(self, types, lines, traced):
        self.types = types
        self.lines = lines
        self.traced = traced

    @property
    def objects(self):
        """Objects in all."""
        return sum(row[1] for row in self.types)

    @property
    def bytes(self):
        """Bytes in all."""
        return sum(row[2] for row in self.types)

    @property
    def data(self):
        lines = [(*name.rpartition(":"), objects, size) for name, objects, size in self.lines]
        return {
            "objects": self.objects,
            "bytes": self.bytes,
            "traced": self.traced,
            "types": [{"name": name, "objects": objects, "bytes": size} for name, objects, size in self.types],
            "lines": [
                {"file": file, "line": int(line), "objects": objects, "bytes": size}
                for file, _, line, objects, size in lines
            ],
        }

    def of(self, name):
        """Objects and bytes of a type, by its name."""
        for known, objects, size in self.types:
            if known == name:
                return objects, size
        return 0, 0

    def __repr__(self):
        text = _heap.table(self.types, "type", self.signed) if self.types else [self.nothing]
        if self.lines:
            text += _heap.table(self.lines, "line", self.signed)
        elif not self.traced:
            text.append(self.no_lines)
        return "\n".join(text)


class Diff(Snapshot):
    """What has changed between two snapshots; by line if allocations were traced at both."""

    __slots__ = ()
    signed = True
    nothing = "nothing has changed"
    no_lines = "no lines: allocations were not traced at both (tracemalloc.start())"


class Leaks(Answer, list):
    """Leaked objects: a row each of group, type, bytes, line of birth or None, words."""

    __slots__ = ("lines", "data")

    def __init__(self, lines, data):
        for leak in data:
            birth = leak["birth"] and f"{leak['birth']['file']}:{leak['birth']['line']}"
            self.append((leak["group"], leak["type"], leak["bytes"], birth, leak["object"]))
        self.lines = lines
        self.data = data

    def __repr__(self):
        return "\n".join(self.lines) if self else "nothing"

    __str__ = __repr__


def refs(object, /):
    """Everyone who holds a reference to the object, in words."""
    return Report(*_heap.refs(object))


def why(object, /):
    """Why the object is alive: the shortest way to it from a module, a frame or the interpreter."""
    return Report(*_heap.why(object))


def layout(object, /):
    """The bytes of the object, and where its block lies."""
    return Layout(*_heap.layout(object))


def sizeof(object, /):
    """Bytes of the object alone, of all that belongs to it, and of what would be freed with it."""
    return Sizes(**_heap.sizeof(object))


def pools():
    """The pools of the heap with their occupancy, a sign for each."""
    return Report(*_heap.pools())


def snapshot():
    """Objects and bytes by type, and by line where allocations are traced."""
    return Snapshot(*_heap.snapshot())


def diff(before, after=None, /):
    """What has changed since a snapshot, until another one or now."""
    if after is None:
        after = snapshot()
    for taken in (before, after):
        if not isinstance(taken, Snapshot):
            raise TypeError(f"diff() wants snapshots, not {type(taken).__name__}")
    traced = before.traced and after.traced
    lines = _heap.difference(before.lines, after.lines) if traced else []
    return Diff(_heap.difference(before.types, after.types), lines, traced)


def explain():
    """What the last collection did, object by object."""
    lines, data = _heap.explain()
    return Report(lines or ["no collection has been recorded since heap was imported"], data)


def leaks():
    """What is out of reach but not collected yet."""
    return Leaks(*_heap.leaks())
