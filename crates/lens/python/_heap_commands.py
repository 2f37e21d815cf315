"""The prompt's commands about memory."""

import _heap
import gc

HELP = """\
%refs x     who holds a reference to x
%why x      what keeps x alive
%layout x   the bytes of x
%mem x      bytes of x alone, with all that belongs to it, and what would be freed if it died
%mem        objects and bytes by type
%gc         the state of the collector
%explain    what the last collection did
%leaks      what only cycles keep alive
%pools      how full the pools are
%snap       takes a snapshot
%diff       what has changed since the last %snap
%help       this list

The same answers come from the module heap."""

ROWS = 12
LINES = 60

taken = None


def run(line, namespace):
    name, _, rest = line[1:].partition(" ")
    command = COMMANDS.get(name)
    if command is None:
        raise SyntaxError(f"no command %{name}; %help lists them")
    rest = rest.strip()
    if rest and command not in WITH_VALUE:
        raise SyntaxError(f"%{name} takes nothing behind it")
    if command in WITH_VALUE and (rest or command is not memory):
        show(command(eval(rest, namespace) if rest else missing(name)))
    else:
        show(command())


def missing(name):
    raise SyntaxError(f"%{name} wants an expression")


def shortened(lines, function):
    """The lines of an answer that may be very long."""
    if len(lines) <= LINES:
        return lines
    return lines[:LINES] + [f"... and {len(lines) - LINES} lines more, which {function} has"]


def show(lines):
    for line in lines:
        print(line)


def help():
    return HELP.split("\n")


def refs(value):
    return shortened(_heap.refs(value)[0], "heap.refs()") or ["nothing but this line"]


def why(value):
    return _heap.why(value)[0]


def layout(value):
    return _heap.layout(value)[0]


def pools():
    return _heap.pools()[0]


def memory(*values):
    if values:
        sizes = _heap.sizeof(*values)
        return [
            f"alone {sizes['shallow']} bytes, with all that belongs to it {sizes['deep']}, "
            f"freed if it died {sizes['retained']}"
        ]
    types = _heap.snapshot()[0]
    total = ["all", sum(row[1] for row in types), sum(row[2] for row in types)]
    return _heap.table(types[:ROWS] + [total], "type", False)


def collector():
    counts, thresholds = gc.get_count(), gc.get_threshold()
    yield "automatic collection is " + ("on" if gc.isenabled() else "off")
    for generation, statistics in enumerate(gc.get_stats()):
        yield (
            f"generation {generation}: count {counts[generation]} of {thresholds[generation]}, "
            f"{statistics['collections']} collections, {statistics['collected']} objects collected"
        )
    if gc.get_freeze_count():
        yield f"{gc.get_freeze_count()} objects are frozen"
    yield from _heap.explain()[0][:1]


def explain():
    return shortened(_heap.explain()[0], "heap.explain()") or ["no collection has been recorded yet"]


def leaks():
    return shortened(_heap.leaks()[0], "heap.leaks()") or ["nothing"]


def snap():
    global taken
    taken = _heap.snapshot()
    return [f"{sum(row[1] for row in taken[0])} objects, {sum(row[2] for row in taken[0])} bytes"]


def diff():
    if taken is None:
        return ["no snapshot yet: %snap takes one"]
    types, lines, traced = _heap.snapshot()
    types = _heap.difference(taken[0], types)
    text = _heap.table(types, "type", True) if types else ["nothing has changed"]
    lines = _heap.difference(taken[1], lines) if taken[2] and traced else []
    return text + _heap.table(lines, "line", True) if lines else text


COMMANDS = {
    "refs": refs,
    "why": why,
    "layout": layout,
    "mem": memory,
    "gc": collector,
    "explain": explain,
    "leaks": leaks,
    "pools": pools,
    "snap": snap,
    "diff": diff,
    "help": help,
}
WITH_VALUE = (refs, why, layout, memory)
