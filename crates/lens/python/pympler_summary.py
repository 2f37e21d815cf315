"""Tables of types: how many objects there are of each and how large they are."""

import _heap
import types

from pympler import in_units


qualname_of_class = type.__dict__["__qualname__"].__get__
module_of_class = type.__dict__["__module__"].__get__
namespace_of_module = types.ModuleType.__dict__["__dict__"].__get__


def name_of(value):
    """The name that an object is counted under."""
    kind = type(value)
    if kind is types.FunctionType:
        return f"function ({value.__name__})"
    if kind is types.ModuleType:
        return f"module({namespace_of_module(value).get('__name__')})"
    try:
        module = module_of_class(kind)
    except AttributeError:
        module = None
    return qualname_of_class(kind) if module == "builtins" else f"{module}.{qualname_of_class(kind)}"


def summarize(objects):
    """Rows of a type's name, the number of its objects and their size."""
    counts, sizes = {}, {}
    for value in objects:
        name = name_of(value)
        counts[name] = counts.get(name, 0) + 1
        sizes[name] = sizes.get(name, 0) + _heap.size(value)
    return [[name, count, sizes[name]] for name, count in counts.items()]


def get_diff(left, right):
    """Rows with what right has more than left."""
    before = {name: (count, size) for name, count, size in left}
    rows = []
    for name, count, size in right:
        known_count, known_size = before.pop(name, (0, 0))
        rows.append([name, count - known_count, size - known_size])
    rows += [[name, -count, -size] for name, (count, size) in before.items()]
    return [row for row in rows if row[1] or row[2]]


def format_(rows, limit=15, sort="size", order="descending"):
    """The table, line by line."""
    column = {"type": 0, "#": 1, "size": 2}
    if sort not in column or order not in ("ascending", "descending"):
        raise ValueError(f"Invalid parameter for sort or order: {sort}, {order}")
    rows = sorted(rows, key=lambda row: row[column[sort]], reverse=order == "descending")
    if limit:
        rows = rows[:limit]
    table = [("types", "# objects", "total size")]
    table += [(str(name), str(count), in_units(size)) for name, count, size in rows]
    widths = [max(len(row[place]) for row in table) + 2 for place in range(3)]
    for number, row in enumerate(table):
        yield " | ".join(text.rjust(width) for text, width in zip(row, widths))
        if number == 0:
            yield " | ".join("=" * width for width in widths)


def print_(rows, limit=15, sort="size", order="descending"):
    """Prints the table."""
    for line in format_(rows, limit=limit, sort=sort, order=order):
        print(line)
