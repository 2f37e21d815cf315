"""Trace the blocks of memory that a program allocates: where they come from, and how much they hold."""

import os.path
from collections.abc import Iterable, Sequence
from functools import total_ordering

import fnmatch
import linecache

from _tracemalloc import *
from _tracemalloc import _get_object_traceback, _get_traces

# A snapshot shows the allocations of this module too; programs leave them out by its file.
__file__ = "<frozen tracemalloc>"

_UNITS = ("B", "KiB", "MiB", "GiB", "TiB")


def _format_size(size, sign):
    plus = "+" if sign else ""
    for unit in _UNITS:
        short = unit != "B" and abs(size) < 100
        if short or abs(size) < 10240 or unit == _UNITS[-1]:
            return f"{size:{plus}.{1 if short else 0}f} {unit}"
        size /= 1024


class _Record:
    """A value with named parts, equal to another of its kind with equal parts."""

    __slots__ = ()

    def _parts(self):
        return tuple(getattr(self, name) for name in self.__slots__)

    def __hash__(self):
        return hash(self._parts())

    def __eq__(self, other):
        if not isinstance(other, self._kind()):
            return NotImplemented
        return self._parts() == other._parts()


def _with_average(text, size, count):
    return f"{text}, average={_format_size(size / count, False)}" if count else text


class Statistic(_Record):
    """What the blocks of one place hold."""

    __slots__ = ("traceback", "size", "count")

    def __init__(self, traceback, size, count):
        self.traceback = traceback
        self.size = size
        self.count = count

    @staticmethod
    def _kind():
        return Statistic

    def __str__(self):
        text = "%s: size=%s, count=%i" % (self.traceback, _format_size(self.size, False), self.count)
        return _with_average(text, self.size, self.count)

    def __repr__(self):
        return "<Statistic traceback=%r size=%i count=%i>" % (self.traceback, self.size, self.count)

    def _sort_key(self):
        return self.size, self.count, self.traceback


class StatisticDiff(_Record):
    """What the blocks of one place hold in a snapshot, and how that differs from an older one."""

    __slots__ = ("traceback", "size", "size_diff", "count", "count_diff")

    def __init__(self, traceback, size, size_diff, count, count_diff):
        self.traceback = traceback
        self.size = size
        self.size_diff = size_diff
        self.count = count
        self.count_diff = count_diff

    @staticmethod
    def _kind():
        return StatisticDiff

    def __str__(self):
        sizes = f"{_format_size(self.size, False)} ({_format_size(self.size_diff, True)})"
        text = "%s: size=%s, count=%i (%+i)" % (self.traceback, sizes, self.count, self.count_diff)
        return _with_average(text, self.size, self.count)

    def __repr__(self):
        return "<StatisticDiff traceback=%r size=%i (%+i) count=%i (%+i)>" % self._parts()

    def _sort_key(self):
        return abs(self.size_diff), self.size, abs(self.count_diff), self.count, self.traceback


@total_ordering
class Frame:
    """A frame of a traceback: a file and a line."""

    __slots__ = ("_frame",)

    def __init__(self, frame):
        self._frame = frame

    @property
    def filename(self):
        return self._frame[0]

    @property
    def lineno(self):
        return self._frame[1]

    def __eq__(self, other):
        return self._frame == other._frame if isinstance(other, Frame) else NotImplemented

    def __lt__(self, other):
        return self._frame < other._frame if isinstance(other, Frame) else NotImplemented

    def __hash__(self):
        return hash(self._frame)

    def __str__(self):
        return f"{self.filename}:{self.lineno}"

    def __repr__(self):
        return f"<Frame filename={self.filename!r} lineno={self.lineno!r}>"


@total_ordering
class Traceback(Sequence):
    """The frames that were running when a block was allocated, the oldest first."""

    __slots__ = ("_frames", "_total_nframe")

    def __init__(self, frames, total_nframe=None):
        # They come innermost first.
        self._frames = tuple(frames)[::-1]
        self._total_nframe = total_nframe

    @property
    def total_nframe(self):
        return self._total_nframe

    def __len__(self):
        return len(self._frames)

    def __getitem__(self, index):
        chosen = self._frames[index]
        return tuple(map(Frame, chosen)) if isinstance(index, slice) else Frame(chosen)

    def __contains__(self, frame):
        return frame._frame in self._frames

    def __hash__(self):
        return hash(self._frames)

    def __eq__(self, other):
        return self._frames == other._frames if isinstance(other, Traceback) else NotImplemented

    def __lt__(self, other):
        return self._frames < other._frames if isinstance(other, Traceback) else NotImplemented

    def __str__(self):
        return str(self[0])

    def __repr__(self):
        total = "" if self._total_nframe is None else f" total_nframe={self._total_nframe}"
        return f"<Traceback {tuple(self)}{total}>"

    def format(self, limit=None, most_recent_first=False):
        """The lines of text that show the frames, with those of the source. A positive limit keeps the newest frames,
        a negative one the oldest."""
        frames = self
        if limit is not None:
            frames = self[-limit:] if limit > 0 else self[:limit]
        lines = []
        for frame in reversed(frames) if most_recent_first else frames:
            lines.append(f'  File "{frame.filename}", line {frame.lineno}')
            if source := linecache.getline(frame.filename, frame.lineno).strip():
                lines.append("    " + source)
        return lines


def get_object_traceback(obj):
    """The traceback of where the object was allocated, or None where that was not traced."""
    frames = _get_object_traceback(obj)
    return None if frames is None else Traceback(frames)


class Trace:
    """A block of memory and where it was allocated."""

    __slots__ = ("_trace",)

    def __init__(self, trace):
        # Domain, size, frames with the innermost first, number of frames that were running.
        self._trace = trace

    @property
    def domain(self):
        return self._trace[0]

    @property
    def size(self):
        return self._trace[1]

    @property
    def traceback(self):
        return Traceback(*self._trace[2:])

    def __eq__(self, other):
        return self._trace == other._trace if isinstance(other, Trace) else NotImplemented

    def __hash__(self):
        return hash(self._trace)

    def __str__(self):
        return f"{self.traceback}: {_format_size(self.size, False)}"

    def __repr__(self):
        return f"<Trace domain={self.domain} size={_format_size(self.size, False)}, traceback={self.traceback!r}>"


class _Traces(Sequence):
    """The traces of a snapshot; an object is made for each when it is looked at."""

    def __init__(self, traces):
        self._traces = traces

    def __len__(self):
        return len(self._traces)

    def __getitem__(self, index):
        chosen = self._traces[index]
        return tuple(map(Trace, chosen)) if isinstance(index, slice) else Trace(chosen)

    def __contains__(self, trace):
        return trace._trace in self._traces

    def __eq__(self, other):
        return self._traces == other._traces if isinstance(other, _Traces) else NotImplemented

    def __repr__(self):
        return f"<Traces len={len(self)}>"


def _normalize_filename(filename):
    filename = os.path.normcase(filename)
    return filename[:-1] if filename.endswith(".pyc") else filename


class BaseFilter:
    """Says which traces of a snapshot are kept."""

    def __init__(self, inclusive):
        self.inclusive = inclusive

    def _match(self, trace):
        raise NotImplementedError


class Filter(BaseFilter):
    """Keeps, or leaves out, what was allocated in some files, perhaps at one line."""

    def __init__(self, inclusive, filename_pattern, lineno=None, all_frames=False, domain=None):
        super().__init__(inclusive)
        self._filename_pattern = _normalize_filename(filename_pattern)
        self.lineno = lineno
        self.all_frames = all_frames
        self.domain = domain

    @property
    def filename_pattern(self):
        return self._filename_pattern

    def _match_frame_impl(self, filename, lineno):
        if not fnmatch.fnmatch(_normalize_filename(filename), self._filename_pattern):
            return False
        return self.lineno is None or lineno == self.lineno

    def _match_frame(self, filename, lineno):
        return self._match_frame_impl(filename, lineno) ^ (not self.inclusive)

    def _match_traceback(self, traceback):
        frames = traceback if self.all_frames else traceback[:1]
        found = any(self._match_frame_impl(filename, lineno) for filename, lineno in frames)
        return self.inclusive if found else not self.inclusive

    def _match(self, trace):
        domain, _, traceback, _ = trace
        kept = self._match_traceback(traceback)
        if self.domain is None:
            return kept
        return kept and domain == self.domain if self.inclusive else kept or domain != self.domain


class DomainFilter(BaseFilter):
    """Keeps, or leaves out, the blocks of one address space."""

    def __init__(self, inclusive, domain):
        super().__init__(inclusive)
        self._domain = domain

    @property
    def domain(self):
        return self._domain

    def _match(self, trace):
        return (trace[0] == self._domain) ^ (not self.inclusive)


# How the frames of a trace become those that a statistic stands for.
_GROUPINGS = {
    "traceback": lambda frames: frames,
    "lineno": lambda frames: frames[:1],
    "filename": lambda frames: ((frames[0][0], 0),),
}


class Snapshot:
    """All traced blocks at one moment."""

    def __init__(self, traces, traceback_limit):
        self.traces = _Traces(traces)
        self.traceback_limit = traceback_limit

    def dump(self, filename):
        """Write the snapshot to a file: with pickle, which other Pythons can read, or as JSON where there is no pickle."""
        with open(filename, "wb") as file:
            try:
                import pickle
            except ImportError:
                import json
                data = {"traceback_limit": self.traceback_limit, "traces": self.traces._traces}
                file.write(json.dumps(data).encode())
            else:
                pickle.dump(self, file, pickle.HIGHEST_PROTOCOL)

    @staticmethod
    def load(filename):
        """Read a snapshot from a file that dump() has written."""
        with open(filename, "rb") as file:
            if file.peek(1)[:1] != b"{":
                if not file.peek(1):
                    raise EOFError("Ran out of input")
                import pickle
                return pickle.load(file)
            import json
            data = json.loads(file.read())
        traces = [
            (domain, size, tuple((name, line) for name, line in frames), total)
            for domain, size, frames, total in data["traces"]
        ]
        return Snapshot(traces, data["traceback_limit"])

    def filter_traces(self, filters):
        """A new snapshot of the traces that one of the inclusive filters (if there are any) and all exclusive ones
        keep."""
        if not isinstance(filters, Iterable):
            raise TypeError(f"filters must be a list of filters, not {type(filters).__name__}")
        if not filters:
            return Snapshot(self.traces._traces.copy(), self.traceback_limit)
        wanted = [rule._match for rule in filters if rule.inclusive]
        unwanted = [rule._match for rule in filters if not rule.inclusive]
        kept = [
            trace for trace in self.traces._traces
            if (not wanted or any(match(trace) for match in wanted)) and all(match(trace) for match in unwanted)
        ]
        return Snapshot(kept, self.traceback_limit)

    def _group_by(self, key_type, cumulative):
        try:
            grouping = _GROUPINGS[key_type]
        except (KeyError, TypeError):
            raise ValueError(f"unknown key_type: {key_type!r}") from None
        if cumulative and key_type == "traceback":
            raise ValueError(f"cumulative mode cannot by used with key type {key_type!r}")
        # By the frames first, which many traces share as one object.
        by_frames = {}
        groups = {}
        for _, size, frames, _ in self.traces._traces:
            for part in ((frame,) for frame in frames) if cumulative else (frames,):
                statistic = by_frames.get(part)
                if statistic is None:
                    traceback = Traceback(grouping(part))
                    statistic = groups.get(traceback)
                    if statistic is None:
                        statistic = groups[traceback] = Statistic(traceback, 0, 0)
                    by_frames[part] = statistic
                statistic.size += size
                statistic.count += 1
        return groups

    def statistics(self, key_type, cumulative=False):
        """What the blocks hold by 'filename', 'lineno' or 'traceback', the largest first. A cumulative statistic counts
        a block for each of its frames."""
        groups = self._group_by(key_type, cumulative)
        return sorted(groups.values(), reverse=True, key=Statistic._sort_key)

    def compare_to(self, old_snapshot, key_type, cumulative=False):
        """How the statistics differ from those of an older snapshot, the largest difference first."""
        groups = self._group_by(key_type, cumulative)
        old_groups = old_snapshot._group_by(key_type, cumulative)
        return sorted(_compare_grouped_stats(old_groups, groups), reverse=True, key=StatisticDiff._sort_key)


def _compare_grouped_stats(old_group, new_group):
    differences = []
    for traceback, new in new_group.items():
        old = old_group.pop(traceback, None)
        size, count = (0, 0) if old is None else (old.size, old.count)
        differences.append(StatisticDiff(traceback, new.size, new.size - size, new.count, new.count - count))
    for traceback, old in old_group.items():
        differences.append(StatisticDiff(traceback, 0, -old.size, 0, -old.count))
    return differences


def take_snapshot():
    """A snapshot of all traced blocks."""
    if not is_tracing():
        raise RuntimeError("the tracemalloc module must be tracing memory allocations to take a snapshot")
    return Snapshot(_get_traces(), get_traceback_limit())
