"""Snapshots of tracemalloc in files."""
import os
import tracemalloc

name = "_snapshot"
tracemalloc.start(3)


def make():
    return [bytearray(1000) for _ in range(10)]


kept = make()
snapshot = tracemalloc.take_snapshot()
tracemalloc.stop()
snapshot.dump(name)
loaded = tracemalloc.Snapshot.load(name)
print(type(loaded).__name__, loaded.traceback_limit, len(loaded.traces) == len(snapshot.traces))
print(list(loaded.traces) == list(snapshot.traces), loaded.compare_to(snapshot, "lineno")[0].size_diff)
for kind in ("lineno", "filename", "traceback"):
    print(kind, [str(row) for row in loaded.statistics(kind)] == [str(row) for row in snapshot.statistics(kind)])
print(len(loaded.statistics("traceback")[0].traceback), loaded.statistics("traceback")[0].traceback.total_nframe)
kept_filter = tracemalloc.Filter(True, __file__)
print(loaded.filter_traces([kept_filter]).statistics("lineno")[0].traceback[0].lineno)
open(name, "wb").close()
for path in (name, "no such file", "no such folder/file"):
    try:
        tracemalloc.Snapshot.load(path)
    except (OSError, EOFError) as error:
        print(type(error).__name__, error)
try:
    snapshot.dump("no such folder/file")
except OSError as error:
    print(error)
os.remove(name)
