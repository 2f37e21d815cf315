"""Memory by line, as the package memory_profiler has it: the decorator profile, memory_usage, and
`-m memory_profiler script.py`, with the functions and the table of memory_profiler 0.61.

Figures are the exact bytes of Ouro's heap, not the size of the process: a line that allocates nothing shows nothing.
"""

import _heap
import builtins
import functools
import sys
import time

__version__ = "0.61"

__all__ = ["LineProfiler", "memory_usage", "profile", "show_results"]

MIB = 1 << 20
ROW = "{0:>6} {1:>12} {2:>12}  {3:>10}   {4:<}"
GENERATOR = 0x20
COROUTINE = 0x80


class LineProfiler:
    """Counts what each line of some functions adds to the heap."""

    def __init__(self, **options):
        self.functions = []
        self.options = options
        # Each call of a function with the decorator has a table of its own.
        self.anew = False

    def __call__(self, func=None, precision=1):
        if func is None:
            return lambda function: self(function, precision)
        return self.wrap_function(func)

    def add_function(self, func):
        """Has the function's lines counted: its number, or None if its source is not to be found."""
        filename, first = func.__code__.co_filename, func.__code__.co_firstlineno
        found = _heap.watch_lines(func)
        if found is None:
            print(f"ERROR: Could not find file {filename}")
            print("NOTE: @profile can only be used on functions in files that can be read")
            return None
        number, func.__code__ = found
        self.functions.append((number, filename, first))
        return number

    def wrap_function(self, func):
        """The function with its lines counted at each call."""
        number = self.add_function(func)
        if number is None:
            return func
        if func.__code__.co_flags & GENERATOR:

            def counted(*args, **options):
                _heap.enter_lines(number, self.anew)
                try:
                    return (yield from func(*args, **options))
                finally:
                    _heap.leave_lines(number)

        elif func.__code__.co_flags & COROUTINE:

            async def counted(*args, **options):
                _heap.enter_lines(number, self.anew)
                try:
                    return await func(*args, **options)
                finally:
                    _heap.leave_lines(number)

        else:

            def counted(*args, **options):
                _heap.enter_lines(number, self.anew)
                try:
                    return func(*args, **options)
                finally:
                    _heap.leave_lines(number)

        return functools.wraps(func)(counted)

    def rows(self, number):
        """What is known of each line: memory, increment, occurrences."""
        return {line: tuple(row) for line, *row in _heap.line_rows(number)}


def block_of(lines, first):
    """The lines of the function that begins at a line, decorators included."""
    start = first - 1
    head = start
    while head < len(lines) and not lines[head].lstrip().startswith(("def ", "async def ", "lambda")):
        head += 1
    if head == len(lines):
        return lines[start:first]
    indent = len(lines[head]) - len(lines[head].lstrip())
    end = head + 1
    depth = brackets(lines[head])
    for place in range(head + 1, len(lines)):
        text = lines[place].strip()
        inside = len(lines[place]) - len(lines[place].lstrip()) > indent
        if text and not inside and depth <= 0 and not text.startswith("#"):
            break
        depth += brackets(lines[place])
        if text and (inside or not text.startswith("#")):
            end = place + 1
    return lines[start:end]


def brackets(line):
    """By how many brackets more a line opens than it closes."""
    return sum(map(line.count, "([{")) - sum(map(line.count, ")]}"))


def show_results(prof, stream=None, precision=1):
    """Writes the table of each function."""
    stream = stream or sys.stdout
    header = ROW.format("Line #", "Mem usage", "Increment", "Occurrences", "Line Contents")

    def figure(size):
        return f"{size / MIB:{precision + 4}.{precision}f} MiB"

    for number, filename, first in prof.functions:
        try:
            with open(filename, encoding="utf-8") as file:
                lines = file.read().splitlines()
        except OSError:
            continue
        rows = prof.rows(number)
        stream.write(f"Filename: {filename}\n\n{header}\n{'=' * len(header)}\n")
        for line, text in enumerate(block_of(lines, first), first):
            if line in rows and rows[line][2]:
                memory, increment, occurrences = rows[line]
                shown = ROW.format(line, figure(memory), figure(increment), occurrences, text)
            else:
                shown = ROW.format(line, "", "", "", text)
            stream.write(shown + "\n")
        stream.write("\n\n")


def profile(func=None, stream=None, precision=1, backend="psutil"):
    """Has each call of the function print what its lines add to the heap."""
    if func is None:
        return lambda function: profile(function, stream, precision, backend)
    prof = LineProfiler()
    prof.anew = True
    counted = prof.wrap_function(func)
    if counted is func:
        return func
    if func.__code__.co_flags & GENERATOR:

        def shown(*args, **options):
            result = yield from counted(*args, **options)
            show_results(prof, stream, precision)
            return result

    elif func.__code__.co_flags & COROUTINE:

        async def shown(*args, **options):
            result = await counted(*args, **options)
            show_results(prof, stream, precision)
            return result

    else:

        def shown(*args, **options):
            result = counted(*args, **options)
            show_results(prof, stream, precision)
            return result

    return functools.wraps(func)(shown)


def in_mib():
    return _heap.usage() / MIB


def memory_usage(proc=-1, interval=0.1, timeout=None, timestamps=False, include_children=False, multiprocess=False,
                 max_usage=False, retval=False, stream=None, backend=None, max_iterations=None):
    """The heap's MiB over time: of this process, or while a function runs, given as (function, args, options).

    A function is not interrupted to be looked at: the samples are those of its start, its highest line and its end.
    """
    samples, result = [], None

    def take(value=None):
        value = in_mib() if value is None else value
        if stream is not None:
            stream.write(f"MEM {value:.6f} {time.time():.4f}\n")
        samples.append((value, time.time()) if timestamps else value)

    if callable(proc):
        proc = (proc, (), {})
    if isinstance(proc, (list, tuple)):
        function, args, options = (*proc, (), {})[:3] if len(proc) == 1 else (*proc, {})[:3]
        prof = LineProfiler()
        watched = hasattr(function, "__code__") and quietly(prof.wrap_function, function)
        take()
        result = (watched or function)(*args, **options)
        if prof.functions:
            take(max(row[0] for row in prof.rows(prof.functions[0][0]).values()) / MIB)
        take()
    else:
        if proc not in (-1, 0) and proc != getpid():
            raise NotImplementedError("only this process can be looked at")
        count = max_iterations if max_iterations is not None else 1 if timeout is None else int(timeout / interval)
        for number in range(max(count, 1)):
            if number:
                time.sleep(interval)
            take()
    if max_usage:
        highest = max(samples)
        return (highest, result) if retval else highest
    return (samples, result) if retval else samples


def getpid():
    import os

    return os.getpid()


def quietly(wrap, function):
    """The function with its lines counted if its source is to be found, None otherwise."""
    code = function.__code__
    try:
        with open(code.co_filename, "rb"):
            pass
    except OSError:
        return None
    counted = wrap(function)
    return None if counted is function else counted


USAGE = "usage: ouro -m memory_profiler [--version] [--precision N] [-o FILE] script_file.py [arguments]"


def refuse(message):
    sys.stderr.write(f"{USAGE}\nmemory_profiler: error: {message}\n")
    sys.exit(2)


def main(arguments):
    precision, output = 1, None
    while arguments and arguments[0].startswith("-"):
        option, *arguments = arguments
        name, _, value = option.partition("=")
        if name in ("-h", "--help"):
            print(USAGE)
            return
        if name == "--version":
            print(__version__)
            return
        if name not in ("--precision", "-o", "--backend"):
            refuse(f"unrecognized arguments: {option}")
        if not value:
            if not arguments:
                refuse(f"argument {name}: expected one argument")
            value, *arguments = arguments
        if name == "--precision":
            if not value.isdecimal():
                refuse(f"argument --precision: invalid int value: {value!r}")
            precision = int(value)
        elif name == "-o":
            output = value
    if not arguments:
        refuse("the following arguments are required: program")
    script = arguments[0]
    sys.argv[:] = arguments
    sys.path[0] = script.rpartition("/")[0]
    prof = LineProfiler()
    builtins.profile = prof
    namespace = {"__name__": "__main__", "__file__": script, "__builtins__": builtins, "__doc__": None}
    main_module = sys.modules["__main__"]
    try:
        with open(script, "rb") as file:
            code = compile(file.read(), script, "exec")
        exec(code, namespace)
    finally:
        sys.modules["__main__"] = main_module
        if output is None:
            show_results(prof, precision=precision)
        else:
            with open(output, "w", encoding="utf-8") as file:
                show_results(prof, file, precision)


if __name__ == "__main__":
    main(sys.argv[1:])
