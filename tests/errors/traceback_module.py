# The functions and classes of `traceback`: limits, locals, chains, groups, notes, sources given by hand.
import sys
import traceback


def deep(count):
    local = "value " * count
    if count:
        return deep(count - 1)
    return 1 / count


def caught(function, *args):
    try:
        function(*args)
    except BaseException as error:
        return error


def show(title, pieces):
    print("==", title)
    for piece in pieces:
        print(piece, end="")


error = caught(deep, 4)
for limit in (None, 0, 1, 2, -1, -2, 100):
    show(f"limit {limit}", traceback.format_exception(error, limit=limit))
    show(f"limit {limit}", traceback.TracebackException.from_exception(error, limit=limit).format())
    print(len(traceback.extract_tb(error.__traceback__, limit)))
show("repeated lines", traceback.format_exception(caught(deep, 9)))
show("repeated lines", traceback.TracebackException.from_exception(caught(deep, 9)).format())
sys.tracebacklimit = 2
show("sys.tracebacklimit", traceback.format_tb(error.__traceback__))
show("sys.tracebacklimit", traceback.format_stack())
del sys.tracebacklimit

told = traceback.TracebackException.from_exception(error, limit=-2, capture_locals=True)
show("locals", told.format())
for frame in told.stack:
    print(frame, frame.locals, frame.line, frame.lineno, frame.end_lineno, frame.colno, frame.end_colno, len(frame), list(frame)[2:])
print(str(told), told.exc_type_str, told.__cause__, told.__context__, told.__suppress_context__, told.exceptions)
print(told == traceback.TracebackException.from_exception(error, limit=-2, capture_locals=True), told == 1)


def chained():
    try:
        deep(0)
    except ZeroDivisionError as first:
        try:
            raise KeyError("second") from first
        except KeyError:
            raise ValueError("third\nwith a second line")


error = caught(chained)
error.add_note("a note\nof two lines")
for chain in (True, False):
    show(f"chain {chain}", traceback.TracebackException.from_exception(error).format(chain=chain))
    show(f"chain {chain}", traceback.format_exception(error, chain=chain))
told = traceback.TracebackException.from_exception(error)
print(type(told.__context__).__name__, told.__context__.exc_type_str, told.__context__.__cause__.exc_type_str)
compact = traceback.TracebackException.from_exception(error.__context__, compact=True)
print(compact.__cause__ is not None, compact.__context__)
show("alone", told.format_exception_only())
show("alone", traceback.format_exception_only(error))
show("alone", traceback.format_exception_only(ValueError, ValueError("two arguments")))

group = ExceptionGroup("outer", [ValueError(1), ExceptionGroup("inner", [TypeError("2"), error]), KeyError(3)])
group.add_note("of the group")
show("group", traceback.TracebackException.from_exception(group).format())
show("group", traceback.TracebackException.from_exception(group, max_group_width=2).format())
show("group", traceback.TracebackException.from_exception(group, max_group_depth=1).format())
show("group only", traceback.TracebackException.from_exception(group).format_exception_only(show_group=True))
show("group only", traceback.format_exception_only(group, show_group=True))
show("colours", traceback.TracebackException.from_exception(caught(deep, 0)).format(colorize=True))

try:
    compile("a = = b", "somewhere.py", "exec")
except SyntaxError as error:
    told = traceback.TracebackException.from_exception(error)
    show("syntax", told.format_exception_only())
    print(told.filename, told.lineno, told.offset, told.end_lineno, told.end_offset, told.text, told.msg)

rows = [("a.py", 1, "<module>", "call()"), ("b.py", 2, "call", None), traceback.FrameSummary("c.py", 3, "last", line="x = 1", locals={"x": 1})]
show("list", traceback.format_list(rows))
traceback.print_list(rows, file=sys.stdout)
print(traceback.StackSummary.from_list(rows))
print(traceback.StackSummary.from_list(rows)[0] == ("a.py", 1, "<module>", "call()"))


class Short(traceback.StackSummary):
    def format_frame_summary(self, summary, **options):
        return None if summary.name == "<module>" else f"  in {summary.name}\n"


show("subclass", Short.extract(traceback.walk_tb(caught(chained).__traceback__)).format())
show("subclass", Short.from_list(rows).format())


def here():
    return traceback.extract_stack(), traceback.StackSummary.extract(traceback.walk_stack(None), limit=2)


stack, walked = here()
print([frame.name for frame in stack], [frame.name for frame in walked])
print([lineno for _, lineno in traceback.walk_tb(caught(deep, 1).__traceback__)])

for wrong in ("traceback.format_exception(1)", "traceback.print_exception(ValueError, ValueError())", "traceback.format_exception()"):
    try:
        print(eval(wrong))
    except Exception as error:
        print(type(error).__name__, error)
show("nothing", traceback.format_exception(None))
show("nothing", traceback.format_exception_only(None))
print(repr(traceback.format_exc()))


class Unprintable(Exception):
    def __str__(self):
        raise ValueError


show("unprintable", traceback.format_exception(Unprintable()))
show("unprintable", traceback.TracebackException.from_exception(Unprintable()).format())
