# The values of tracemalloc: how they compare, hash, look and group. No allocation is traced.
import tracemalloc
from tracemalloc import DomainFilter, Filter, Frame, Snapshot, Statistic, StatisticDiff, Trace, Traceback

old = Snapshot([
    (0, 10, (("a.py", 2), ("b.py", 4)), 3),
    (0, 10, (("a.py", 2), ("b.py", 4)), 3),
    (1, 2, (("a.py", 5), ("b.py", 4)), 3),
    (2, 66, (("b.py", 1),), 1),
    (3, 7, (("<unknown>", 0),), 1),
], 2)
new = Snapshot([
    (0, 10, (("a.py", 2), ("b.py", 4)), 3),
    (2, 2, (("a.py", 5), ("b.py", 4)), 3),
    (2, 5000, (("a.py", 5), ("b.py", 4)), 3),
    (4, 400, (("c.py", 578),), 1),
], 2)

print("-- statistics")
for kind in ("filename", "lineno", "traceback"):
    for statistic in old.statistics(kind):
        print(kind, statistic, repr(statistic))
for kind in ("filename", "lineno"):
    for statistic in old.statistics(kind, cumulative=True):
        print("cumulative", kind, statistic)
for kind in ("filename", "lineno", "traceback"):
    for difference in new.compare_to(old, kind):
        print(kind, difference, repr(difference))
for difference in new.compare_to(old, "lineno", True):
    print("cumulative", difference)
for arguments in (("nothing",), ("traceback", True), (None,), (3, True)):
    try:
        old.statistics(*arguments)
    except ValueError as error:
        print(error)

print("-- traces")
print(repr(old.traces), len(old.traces), old.traceback_limit)
trace = old.traces[0]
print(trace, repr(trace), trace.domain, trace.size, trace.traceback, trace.traceback.total_nframe)
print(trace == old.traces[1], trace == old.traces[2], trace == 1, hash(trace) == hash(old.traces[1]))
print(old.traces[1:3], trace in old.traces, Trace((9, 9, (), 0)) in old.traces)
print(old.traces == Snapshot(list(old.traces._traces), 1).traces, old.traces == new.traces, old.traces == 5)
try:
    old.traces[77]
except IndexError as error:
    print(error)
print([trace.size for trace in old.traces], old.traces.index(trace), old.traces.count(trace))

print("-- tracebacks and frames")
traceback = Traceback((("f1", 1), ("f2", 2), ("f3", 3)), 8)
print(traceback, repr(traceback), repr(Traceback(())), repr(Traceback((), 0)))
print(len(traceback), traceback[0], traceback[-1], traceback[1:], traceback.total_nframe, Traceback(()).total_nframe)
print(Frame(("f1", 1)) in traceback, Frame(("f1", 2)) in traceback, [str(frame) for frame in reversed(traceback)])
same = Traceback((("f1", 1), ("f2", 2), ("f3", 3)))
print(traceback == same, hash(traceback) == hash(same), traceback == 1, traceback < Traceback((("z", 1),)), traceback >= same)
frame = Frame(("name.py", 7))
print(frame, repr(frame), frame.filename, frame.lineno, frame == Frame(("name.py", 7)), frame == ("name.py", 7))
print(frame < Frame(("name.py", 8)), frame <= frame, frame > Frame(("a", 9)), hash(frame) == hash(Frame(("name.py", 7))))
for one, other in ((frame, 1), (traceback, 1)):
    try:
        one < other
    except TypeError as error:
        print(error)
for thing, name in ((frame, "filename"), (traceback, "total_nframe"), (trace, "size")):
    try:
        setattr(thing, name, 1)
    except AttributeError as error:
        print(error)
print(traceback.format())
print(traceback.format(limit=1), traceback.format(limit=2), traceback.format(limit=-1), traceback.format(0), traceback.format(77))
print(traceback.format(most_recent_first=True), traceback.format(2, True))
here = Traceback(((__file__, 5), (__file__, 2)))
print([line.replace(__file__, "FILE") for line in here.format()])

print("-- statistics as values")
one, two = Statistic(traceback, 10, 2), Statistic(same, 10, 2)
print(one == two, hash(one) == hash(two), one == Statistic(same, 10, 3), one == 1, one != two)
print(Statistic(traceback, 0, 0), Statistic(traceback, 1023, 1), Statistic(traceback, 10240, 3), Statistic(traceback, 99 * 1024, 3))
print(Statistic(traceback, 100 * 1024, 7), Statistic(traceback, 10 ** 9, 7), Statistic(traceback, 10 ** 16, 7))
first, second = StatisticDiff(traceback, 5, -3, 2, -1), StatisticDiff(traceback, 5, -3, 2, -1)
print(first == second, hash(first) == hash(second), first == one, repr(first), first)
print(StatisticDiff(traceback, 0, -5 * 1024 * 1024, 0, -7), StatisticDiff(traceback, 123456, 123, 0, 0))
one.size = 11
print(one, one._sort_key()[:2], first._sort_key()[:4])

print("-- filters")
def sizes(*filters):
    return [trace.size for trace in old.filter_traces(filters).traces]
print(sizes(Filter(True, "a.py")), sizes(Filter(False, "a.py")), sizes(Filter(True, "a.py", 5)), sizes(Filter(False, "a.py", 5)))
print(sizes(Filter(True, "b.py", all_frames=True)), sizes(Filter(True, "b.py", 4, True)), sizes(Filter(False, "b.py", all_frames=True)))
print(sizes(Filter(True, "*.py"), Filter(False, "b.*")), sizes(Filter(True, "a.py", 2), Filter(True, "<unk*")), sizes())
print(sizes(DomainFilter(True, 2)), sizes(DomainFilter(False, 0)), sizes(Filter(True, "a.py", domain=1)), sizes(Filter(False, "a.py", domain=1)))
kept = Filter(False, "dir/name.pyc", 12, True, 3)
print(kept.inclusive, kept.filename_pattern, kept.lineno, kept.all_frames, kept.domain, DomainFilter(True, 5).domain)
for rule, name in ((kept, "filename_pattern"), (DomainFilter(True, 5), "domain")):
    try:
        setattr(rule, name, 1)
    except AttributeError as error:
        print(error)
print(old.filter_traces([]).traces == old.traces, old.filter_traces([]).traces._traces is old.traces._traces)
for wrong in (Filter(True, "a"), 5):
    try:
        old.filter_traces(wrong)
    except TypeError as error:
        print(error)
try:
    tracemalloc.take_snapshot()
except RuntimeError as error:
    print(error)
