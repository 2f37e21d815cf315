# Starting and ending the tracing of allocations, and what is wrong with arguments.
import tracemalloc

print(tracemalloc.is_tracing(), tracemalloc.get_traceback_limit(), tracemalloc.get_traced_memory(), tracemalloc._get_traces())
for arguments in [(0,), (-1,), (65535,), (65536,), (2 ** 31,), (2 ** 80,), ("a",), (1.5,), (True,), (1, 2)]:
    try:
        print(arguments, tracemalloc.start(*arguments), tracemalloc.get_traceback_limit())
        tracemalloc.stop()
    except (ValueError, OverflowError, TypeError) as error:
        print(arguments, type(error).__name__, error)
try:
    tracemalloc.start(nframe=1)
except TypeError as error:
    print(error)

tracemalloc.start(5)
tracemalloc.start(7)
print("once started:", tracemalloc.get_traceback_limit(), tracemalloc.is_tracing())
tracemalloc.stop()
tracemalloc.stop()
print("stopped:", tracemalloc.get_traceback_limit(), tracemalloc.is_tracing(), tracemalloc.get_traced_memory())
print(tracemalloc.clear_traces(), tracemalloc.reset_peak(), tracemalloc._get_traces(), tracemalloc.get_object_traceback(object()))

tracemalloc.start()
before = object()
print("anew:", tracemalloc.get_traceback_limit(), tracemalloc.get_traced_memory()[0] > 0)
tracemalloc.clear_traces()
print("cleared:", tracemalloc.get_object_traceback(before), tracemalloc.is_tracing())
after = object()
print(tracemalloc.get_object_traceback(after) is not None)
print(sorted(name for name in vars(tracemalloc) if name[0] != "_" and name not in ("linecache", "pickle", "os", "fnmatch", "total_ordering", "Iterable", "Sequence")))
