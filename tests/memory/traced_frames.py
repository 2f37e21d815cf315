# Tracebacks of several frames.
# (Objects of types of which CPython keeps no free blocks.)
import tracemalloc


def shown(thing):
    traceback = tracemalloc.get_object_traceback(thing)
    return [frame.lineno for frame in traceback], len(traceback)


def inner():
    return object()


def middle():
    return inner()


def outer():
    return middle()


def generator():
    yield object()
    yield from other()


def other():
    yield object()


class Key:
    def __lt__(self, other):
        keys.append(object())
        return False


class Base:
    def __init__(self):
        self.made = object()

    def __add__(self, other):
        return object()

    def __getitem__(self, key):
        return object()

    @property
    def value(self):
        return object()

    def __call__(self):
        return object()


def recursive(n):
    return recursive(n - 1) if n else object()


for limit in (1, 2, 3, 10):
    tracemalloc.start(limit)
    keys = []
    print(limit, shown(outer()), shown([middle() for i in range(1)][0]))
    running = generator()
    print(shown(running), shown(next(running)), shown(next(running)), shown([one for one in generator()][1]))
    sorted([Key(), Key()])
    print(shown(keys[0]), shown(list(map(lambda x: object(), [1]))[0]))
    base = Base()
    print(shown(base), shown(base.made), shown(base + 1), shown(base[1]), shown(base.value), shown(base()))
    print(shown(recursive(20)), shown(eval("object()")), shown(eval("outer()")))
    namespace = {}
    exec("def made():\n    return outer()\n\nresult = made()", globals(), namespace)
    print(shown(namespace["result"]))
    tracemalloc.stop()

tracemalloc.start(3)
value = recursive(20)
traces = [trace for trace in tracemalloc.take_snapshot().traces if trace.traceback == tracemalloc.get_object_traceback(value)]
print({trace.traceback.total_nframe for trace in traces}, {trace.domain for trace in traces})
value = recursive(1)
traces = [trace for trace in tracemalloc.take_snapshot().traces if trace.traceback == tracemalloc.get_object_traceback(value)]
print({trace.traceback.total_nframe for trace in traces})
try:
    raise ValueError("an object of the interpreter")
except ValueError as error:
    print(shown(error))
print([type(trace) for trace in tracemalloc._get_traces()[:1]], len(tracemalloc._get_traces()[0]))
pairs = tracemalloc._get_traces()
by_frames = {}
print(all(by_frames.setdefault(frames, frames) is frames for _, _, frames, _ in pairs))
