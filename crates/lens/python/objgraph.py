"""Counts of objects and pictures of references, as the package objgraph has them.

The functions, their parameters and their texts are those of objgraph 3.7. Graphs are written as DOT or, drawn by Ouro
itself, as SVG; no other program is needed. Objects of this module are no part of any answer.
"""

import _heap
import gc
import sys
import types

__version__ = "3.7.0"

__all__ = [
    "at",
    "at_addrs",
    "by_type",
    "count",
    "find_backref_chain",
    "find_ref_chain",
    "get_leaking_objects",
    "get_new_ids",
    "growth",
    "is_proper_module",
    "most_common_types",
    "show_backrefs",
    "show_chain",
    "show_growth",
    "show_most_common_types",
    "show_refs",
    "typestats",
]


name_of_class = type.__dict__["__name__"].__get__
module_of_class = type.__dict__["__module__"].__get__
bases_of_class = type.__dict__["__mro__"].__get__
namespace_of_class = type.__dict__["__dict__"].__get__
namespace_of_module = types.ModuleType.__dict__["__dict__"].__get__


def is_a(value, kinds):
    """What isinstance says without asking the object, whose __class__ may be code of the program."""
    return issubclass(type(value), kinds)


def short_name(value):
    return name_of_class(type(value))


def long_name(value):
    kind = type(value)
    try:
        module = module_of_class(kind)
    except AttributeError:
        module = None
    return f"{module}.{name_of_class(kind)}"


def everything():
    return _heap.objects()


def count(typename, objects=None):
    """How many of the objects are of a type, given by its name or by its module and name."""
    name = long_name if "." in typename else short_name
    return sum(1 for value in (everything() if objects is None else objects) if name(value) == typename)


def typestats(objects=None, shortnames=True, filter=None):
    """A dictionary of type names and how many objects there are of each."""
    name = short_name if shortnames else long_name
    stats = {}
    for value in everything() if objects is None else objects:
        if filter is None or filter(value):
            kind = name(value)
            stats[kind] = stats.get(kind, 0) + 1
    return stats


def most_common_types(limit=10, objects=None, shortnames=True, filter=None):
    """Pairs of a type's name and its number of objects, the most common one first."""
    stats = typestats(objects, shortnames=shortnames, filter=filter)
    ranked = sorted(stats.items(), key=lambda pair: pair[1], reverse=True)
    return ranked[:limit] if limit else ranked


def show_most_common_types(limit=10, objects=None, shortnames=True, file=None, filter=None):
    """Prints the most common types with their numbers."""
    stats = most_common_types(limit, objects, shortnames=shortnames, filter=filter)
    width = max((len(name) for name, _ in stats), default=0)
    for name, number in stats:
        print(f"{name:<{width}} {number}", file=file or sys.stdout)


def growth(limit=10, peak_stats={}, shortnames=True, filter=None):
    """Triples of a type's name, its number and by how much it exceeds the highest one so far."""
    stats = typestats(shortnames=shortnames, filter=filter)
    grown = []
    for name, number in stats.items():
        before = peak_stats.get(name, 0)
        if number > before:
            grown.append((name, number, number - before))
            peak_stats[name] = number
    grown.sort(key=lambda row: row[2], reverse=True)
    return grown[:limit] if limit else grown


def show_growth(limit=10, peak_stats=None, shortnames=True, file=None, filter=None):
    """Prints the types whose numbers have grown since the last call."""
    if peak_stats is None:
        rows = growth(limit, shortnames=shortnames, filter=filter)
    else:
        rows = growth(limit, peak_stats, shortnames, filter)
    width = max((len(row[0]) for row in rows), default=0)
    for name, number, more in rows:
        print(f"{name:<{width}}{number:9} {more:>+9}", file=file or sys.stdout)


def get_new_ids(skip_update=False, limit=10, sortby="deltas", shortnames=None, file=None, _state={}):
    """Prints what is new since the last call; the addresses of the new objects by type."""
    state = _state.setdefault("ids", {})
    known_short = _state.get("short", True)
    short = known_short if shortnames is None else shortnames
    _state["short"] = short
    name = short_name if short else long_name
    current = {}
    for value in everything():
        current.setdefault(name(value), set()).add(id(value))
    new = {kind: ids - state.get(kind, set()) for kind, ids in current.items()}
    if skip_update:
        return new
    rows = []
    for kind in set(state) | set(current):
        before, now = state.get(kind, set()), current.get(kind, set())
        rows.append((kind, len(before), len(now), len(now - before), len(now) - len(before)))
    column = {"old": 1, "current": 2, "new": 3, "deltas": 4}[sortby]
    rows.sort(key=lambda row: (-row[column], row[0]))
    rows = [row for row in rows if row[3] or row[4]][:limit]
    _state["ids"] = current
    if rows:
        out = file or sys.stdout
        width = max([len(row[0]) for row in rows] + [4])
        heads = ("Old_ids", "Current_ids", "New_ids", "Count_Deltas")
        print("=" * (width + 13 * 4), file=out)
        print(f"{'Type':<{width}}" + "".join(f"{head:>13}" for head in heads), file=out)
        print("=" * (width + 13 * 4), file=out)
        for kind, before, now, fresh, delta in rows:
            print(f"{kind:<{width}}{before:>13}{now:>13}{fresh:>+13}{delta:>+13}", file=out)
        print("=" * (width + 13 * 4), file=out)
    return new


def get_leaking_objects(objects=None):
    """Objects that no other object refers to, though someone holds them."""
    values = everything() if objects is None else objects
    alive = {id(value): value for value in values}
    for value in list(alive.values()):
        for target in gc.get_referents(value):
            alive.pop(id(target), None)
    return list(alive.values())


def by_type(typename, objects=None):
    """The objects of a type, given by its name or by its module and name."""
    name = long_name if "." in typename else short_name
    return [value for value in (everything() if objects is None else objects) if name(value) == typename]


def at(addr):
    """The object at an address, None if no tracked object is there."""
    value = _heap.at(addr)
    return value if value is not None and gc.is_tracked(value) else None


def at_addrs(address_set):
    """The tracked objects at the addresses."""
    return [value for value in everything() if id(value) in address_set]


def is_proper_module(obj):
    """Whether the object is a module that sys.modules knows under its name."""
    if not is_a(obj, types.ModuleType):
        return False
    name = namespace_of_module(obj).get("__name__")
    return is_a(name, str) and obj is sys.modules.get(name)


def frames():
    """The frames of this module that run: what they hold is no reference of the program."""
    frame = sys._getframe(1)
    found = []
    while frame is not None and frame.f_globals is globals():
        found.append(frame)
        frame = frame.f_back
    return found


def back_references(value):
    return _heap.referrers(value)


def references(value):
    return gc.get_referents(value)


def find_chain(start, predicate, neighbours, max_depth, ignored):
    """The shortest chain of objects from start to one that the predicate accepts, start alone if there is none."""
    before = {id(start): None}
    row = [start]
    for _ in range(max_depth):
        following = []
        for value in row:
            if predicate(value):
                return way(value, before)
            for other in neighbours(value):
                if id(other) in before or id(other) in ignored or hidden(other, (before, row, following)):
                    continue
                before[id(other)] = value
                following.append(other)
        row = following
    return [start]


def hidden(value, working):
    """Whether an object is part of the search itself."""
    if any(value is work for work in working) or value is working:
        return True
    return is_a(value, types.FrameType) and value.f_globals is globals()


def way(value, before):
    chain = [value]
    while (value := before[id(value)]) is not None:
        chain.append(value)
    chain.reverse()
    return chain


def find_ref_chain(obj, predicate, max_depth=20, extra_ignore=()):
    """The shortest chain of references from the object to one that the predicate accepts."""
    return find_chain(obj, predicate, references, max_depth, set(extra_ignore))


def find_backref_chain(obj, predicate, max_depth=20, extra_ignore=()):
    """The shortest chain of references to the object from one that the predicate accepts."""
    chain = find_chain(obj, predicate, back_references, max_depth, set(extra_ignore))
    chain.reverse()
    return chain


def show_backrefs(objs, max_depth=3, extra_ignore=(), filter=None, too_many=10, highlight=None, filename=None,
                  extra_info=None, refcounts=False, shortnames=True, output=None, extra_node_attrs=None):
    """Writes a graph of what refers to the objects."""
    drawing = Drawing(back_references, True, max_depth, extra_ignore, filter, too_many, highlight, extra_info,
                      refcounts, shortnames, extra_node_attrs, is_proper_module)
    return drawing.present(objs, filename, output)


def show_refs(objs, max_depth=3, extra_ignore=(), filter=None, too_many=10, highlight=None, filename=None,
              extra_info=None, refcounts=False, shortnames=True, output=None, extra_node_attrs=None):
    """Writes a graph of what the objects refer to."""
    drawing = Drawing(references, False, max_depth, extra_ignore, filter, too_many, highlight, extra_info,
                      refcounts, shortnames, extra_node_attrs, is_proper_module)
    return drawing.present(objs, filename, output)


def show_chain(*chains, **options):
    """Writes a graph of chains of references."""
    backrefs = options.pop("backrefs", True)
    chains = [chain for chain in chains if chain]
    members = {id(value) for chain in chains for value in chain}

    def among(value):
        return id(value) in members

    options.setdefault("max_depth", max((len(chain) for chain in chains), default=1) - 1)
    if backrefs:
        show_backrefs([chain[-1] for chain in chains], filter=among, **options)
    else:
        show_refs([chain[0] for chain in chains], filter=among, **options)


class Drawing:
    """A graph in the making: nodes and edges with their texts, written as DOT or SVG."""

    def __init__(self, neighbours, backwards, max_depth, ignored, filter, too_many, highlight, extra_info, refcounts,
                 shortnames, extra_node_attrs, is_leaf):
        self.neighbours = neighbours
        self.backwards = backwards
        self.max_depth = max_depth
        self.ignored = set(ignored)
        self.filter = filter
        self.too_many = too_many
        self.highlight = highlight
        self.extra_info = extra_info
        self.refcounts = refcounts
        self.shortnames = shortnames
        self.extra_node_attrs = extra_node_attrs
        self.is_leaf = is_leaf
        self.lines = []
        self.boxes = []
        self.arrows = []

    def present(self, objs, filename, output):
        if filename is not None and output is not None:
            raise ValueError("Cannot specify both output and filename.")
        objs = list(objs) if is_a(objs, (list, tuple)) else [objs]
        nodes = self.draw(objs)
        if output is not None:
            output.write(self.dot())
            return None
        if filename is None:
            filename = f"objgraph-{id(self):x}.dot"
        if filename.endswith(".dot"):
            with open(filename, "w", encoding="utf-8") as file:
                file.write(self.dot())
            print(f"Graph written to {filename} ({nodes} nodes)")
        elif filename.endswith(".svg"):
            with open(filename, "w", encoding="utf-8") as file:
                file.write(_heap.svg(self.boxes, self.arrows))
            print(f"Image generated as {filename}")
        else:
            raise ValueError(f"Ouro writes graphs as .dot and .svg, not as {filename!r}")
        return None

    def dot(self):
        return "digraph ObjectGraph {\n  node[shape=box, style=filled, fillcolor=white];\n" + "".join(self.lines) + "}\n"

    def line(self, text):
        self.lines.append(f"  {text};\n")

    def draw(self, objs):
        depths = {}
        queue = []
        for value in objs:
            self.line(f"{node(value)}[fontcolor=red]")
            depths[id(value)] = 0
            queue.append(value)
        working = (depths, queue, objs)
        drawn = 0
        for value in queue:
            drawn += 1
            depth = depths[id(value)]
            is_target = any(value is target for target in objs)
            self.box(value, depth, is_target)
            if depth >= self.max_depth or self.is_leaf(value):
                continue
            others = self.wanted(value, working)
            seen = {}
            for other in others:
                seen.setdefault(id(other), [other, 0])[1] += 1
            if self.too_many and len(seen) > self.too_many:
                shown = dict(list(seen.items())[: self.too_many])
                self.more(value, depth, len(seen) - len(shown))
                seen = shown
            for other, _ in seen.values():
                self.arrow(value, other)
                if id(other) not in depths:
                    depths[id(other)] = depth + 1
                    queue.append(other)
        return drawn

    def wanted(self, value, working):
        for other in self.neighbours(value):
            if id(other) in self.ignored or hidden(other, working) or is_a(other, Drawing):
                continue
            if other is self.__dict__ or self.filter is not None and not self.filter(other):
                continue
            yield other

    def box(self, value, depth, is_target):
        name = node(value)
        label = self.label(value)
        self.line(f'{name}[label="{quote(label)}"]')
        if self.extra_node_attrs is not None:
            for key, text in self.extra_node_attrs(value).items():
                self.line(f'{name}[{key}="{quote(str(text))}"]')
        shade = 1 - 0.7 * (min(depth / self.max_depth, 1) if self.max_depth else 0)
        colour = (0, 0, shade)
        if self.highlight is not None and self.highlight(value):
            colour = (0.3, 1, 1 - 0.7 * depth / max(self.max_depth, 1))
        elif self.is_leaf(value):
            colour = (0.3, 1, 0.3)
        if finalized(value):
            colour = (0, 1, colour[2])
        self.line(f'{name}[fillcolor="{colour[0]:g},{colour[1]:g},{colour[2]:g}"]')
        is_dark = colour[2] < 0.5
        if is_dark:
            self.line(f"{name}[fontcolor=white]")
        ink = "white" if is_dark else "red" if is_target else "black"
        self.boxes.append((name, label, rgb(*colour), ink))

    def more(self, value, depth, number):
        name = f"too_many_{node(value)}"
        what = "backreferences" if self.backwards else "references"
        ends = (name, node(value)) if self.backwards else (node(value), name)
        self.line(f"{ends[0]} -> {ends[1]}")
        self.line(f'{name}[label="{number} more {what}",shape=box,height=0.25,color=black,fillcolor=white,fontsize=6]')
        self.boxes.append((name, f"{number} more {what}", "white", "black"))
        self.arrows.append((*ends, ""))

    def arrow(self, value, other):
        source, target = (other, value) if self.backwards else (value, other)
        label, weight = edge(source, target)
        weight = f",weight={weight}" if weight else ""
        text = f' [label="{quote(label)}"{weight}]' if label else ""
        self.line(f"{node(source)} -> {node(target)}{text}")
        self.arrows.append((node(source), node(target), label))

    def label(self, value):
        parts = [short_name(value) if self.shortnames else long_name(value)]
        if self.refcounts:
            # The box that is drawn and this call hold it, too.
            parts[0] += f" [{len(_heap.refs(value)[0])}]"
        parts.append(safe_repr(value))
        if self.extra_info is not None:
            extra = str(self.extra_info(value))
            if extra:
                parts.append(extra)
        return "\n".join(parts)


def node(value):
    return f"o{id(value)}"


def finalized(value):
    return any("__del__" in namespace_of_class(base) for base in bases_of_class(type(value)))


def quote(text):
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\0", "\\\\0")


def safe_repr(value):
    """A short text for an object; long ones end in dots."""
    try:
        return short_repr(value)
    except Exception:
        return "(unrepresentable)"


def short_repr(value):
    if is_a(value, type):
        return name_of_class(value)
    if is_a(value, types.ModuleType):
        return namespace_of_module(value)["__name__"]
    if is_a(value, (types.BuiltinMethodType, types.BuiltinFunctionType)):
        return value.__name__
    if is_a(value, types.MethodType):
        if value.__self__ is not None:
            return f"{value.__func__.__name__} (bound)"
        return value.__func__.__name__
    if is_a(value, types.LambdaType) and value.__name__ == "<lambda>":
        return f"lambda: {value.__code__.co_filename.rpartition('/')[2]}:{value.__code__.co_firstlineno}"
    if is_a(value, types.FrameType):
        return f"{value.f_code.co_filename}:{value.f_lineno}"
    for kind in (tuple, list, dict, set):
        if is_a(value, kind):
            return f"{kind.__len__(value)} items"
    return repr(value)[:40]


def edge(source, target):
    """The text of an arrow and its weight for the layout."""
    if is_a(target, dict) and _heap.place(source, target) == "__dict__":
        return "__dict__", 10
    if is_a(source, types.FrameType):
        if target is source.f_globals:
            return "f_globals", 10
        return "", 0
    if is_a(source, types.MethodType):
        return ("__self__", 10) if target is source.__self__ else ("__func__", 10) if target is source.__func__ else ("", 0)
    if is_a(source, types.FunctionType):
        for name in ("__closure__", "__code__", "__defaults__", "__globals__", "__kwdefaults__", "__name__", "__module__"):
            if target is getattr(source, name):
                return name, 10
        return "", 0
    if is_a(source, dict):
        for key, value in dict.items(source):
            if value is target:
                if is_a(key, str) and str.isidentifier(key):
                    return key, 2
                return f"{short_name(key)}\n{safe_repr(key)}", 0
        return "", 0
    return _heap.place(source, target), 2


def rgb(hue, saturation, value):
    """A colour of DOT as one of SVG."""
    sector = int(hue * 6) % 6
    part = hue * 6 - int(hue * 6)
    low = value * (1 - saturation)
    falling = value * (1 - saturation * part)
    rising = value * (1 - saturation * (1 - part))
    red, green, blue = [
        (value, rising, low), (falling, value, low), (low, value, rising),
        (low, falling, value), (rising, low, value), (value, low, falling),
    ][sector]
    return "#" + "".join(f"{round(part * 255):02x}" for part in (red, green, blue))
