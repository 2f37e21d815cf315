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


def show(lines):
    for line in lines:
        print(line)


def help():
    return HELP.split("\n")


def layout(value):
    return _heap.layout(value)[0]


def table(rows, sign=""):
    width = max([len(row[0]) for row in rows] + [4])
    yield f"{'type':<{width}} {'objects':>9} {'bytes':>12}"
    for name, objects, size in rows:
        yield f"{name:<{width}} {objects:>{sign}9} {size:>{sign}12}"


def memory(*values):
    if values:
        shallow, deep, retained = _heap.sizeof(*values)
        return [f"alone {shallow} bytes, with all that belongs to it {deep}, freed if it died {retained}"]
    types = _heap.snapshot()[0]
    total = ["all", sum(row[1] for row in types), sum(row[2] for row in types)]
    return table(types[:ROWS] + [total])


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
    yield from _heap.explain()[:1]


def explain():
    return _heap.explain() or ["no collection has been recorded yet"]


def leaks():
    return _heap.leaks()[0] or ["nothing"]


def snap():
    global taken
    taken = _heap.snapshot()
    return [f"{sum(row[1] for row in taken[0])} objects, {sum(row[2] for row in taken[0])} bytes"]


def diff():
    if taken is None:
        return ["no snapshot yet: %snap takes one"]
    changed = _heap.difference(taken[0], _heap.snapshot()[0])
    return table(changed, "+") if changed else ["nothing has changed"]


COMMANDS = {
    "refs": _heap.refs,
    "why": _heap.why,
    "layout": layout,
    "mem": memory,
    "gc": collector,
    "explain": explain,
    "leaks": leaks,
    "pools": _heap.pools,
    "snap": snap,
    "diff": diff,
    "help": help,
}
WITH_VALUE = (_heap.refs, _heap.why, layout, memory)
