"""All objects that there are, and lists of objects made smaller, sorted and compared."""

import _heap
import gc
import types

from pympler import is_a, summary


def get_objects(remove_dups=True, include_frames=False):
    """All objects that the program can reach or has lost, but those of this package."""
    found = _heap.objects()
    known = {id(value) for value in found}
    for value in list(found):
        for part in gc.get_referents(value):
            if not gc.is_tracked(part) and (not remove_dups or id(part) not in known):
                known.add(id(part))
                found.append(part)
    if not include_frames:
        found = [value for value in found if not is_a(value, types.FrameType)]
    return found


def get_size(objects):
    """The size of all objects, each by itself."""
    return sum(map(_heap.size, objects))


def get_diff(left, right):
    """A dictionary with the objects that only right has under '+' and those that only left has under '-'."""
    before, after = {id(value) for value in left}, {id(value) for value in right}
    return {
        "+": [value for value in right if id(value) not in before],
        "-": [value for value in left if id(value) not in after],
    }


def sort(objects):
    """The objects by size, the smallest first."""
    return sorted(objects, key=_heap.size)


def filter(objects, Type=None, min=-1, max=-1):
    """The objects of a type and of at least and at most so many bytes."""
    if min > max and max > -1:
        raise ValueError("minimum must be smaller than maximum")
    found = []
    for value in objects:
        size = _heap.size(value)
        if (Type is None or is_a(value, Type)) and size > min and (max < 0 or size < max):
            found.append(value)
    return found


def get_referents(object, level=1):
    """What the object refers to, down to a level."""
    found = gc.get_referents(object)
    known = {id(value) for value in found}
    row = found
    for _ in range(level - 1):
        row = [part for value in row for part in gc.get_referents(value)]
        for part in row:
            if id(part) not in known:
                known.add(id(part))
                found.append(part)
    return found


def print_summary():
    """Prints the table of all objects."""
    summary.print_(summary.summarize(get_objects()))
