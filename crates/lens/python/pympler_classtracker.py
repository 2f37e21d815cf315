"""The instances of chosen classes over time."""

import sys
import time
import weakref

from pympler import in_units
from pympler.asizeof import Asizer, asized, shortened

started = time.time()


def shortened_to(text, width, keep_end=False):
    """A text that is no longer than a column."""
    if len(text) <= width:
        return text
    return "..." + text[3 - width:] if keep_end else text[: width - 3] + "..."


def stamp(seconds):
    """A time since the start as hours, minutes, seconds."""
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(int(minutes), 60)
    return f"{hours:02}:{minutes:02}:{seconds:05.2f}"


class TrackedObject:
    """One tracked object and its sizes at the times of the snapshots."""

    def __init__(self, instance, name, resolution_level=0, on_delete=None):
        self.name = name
        self.id = id(instance)
        # Its constructor has not run yet, so it is not asked for its text.
        self.repr = ""
        self.resolution_level = resolution_level
        self.birth = time.time() - started
        self.death = None
        self.on_delete = on_delete
        self.ref = weakref.ref(instance, self.finalize)
        self.snapshots = [(self.birth, asized(instance, detail=0))]
        self.snapshots[0][1].size = self.snapshots[0][1].flat

    def track_size(self, moment, sizer):
        """Notes the size of now."""
        instance = self.ref()
        if instance is not None:
            self.snapshots.append((moment, sizer.asized(instance, detail=self.resolution_level)))
            self.repr = shortened(instance, 128)

    def get_max_size(self):
        """The largest size so far."""
        return max(sized.size for _, sized in self.snapshots)

    def get_size_at_time(self, timestamp):
        """The size at the time of a snapshot."""
        for moment, sized in self.snapshots:
            if moment == timestamp:
                return sized.size
        return 0

    def set_resolution_level(self, resolution_level):
        """How deep the parts of the object are noted."""
        self.resolution_level = resolution_level

    def finalize(self, ref):
        """Notes the end of the object."""
        self.death = time.time() - started


class Snapshot:
    """What the tracked classes hold at a moment."""

    def __init__(self, timestamp, description=""):
        self.timestamp = timestamp
        self.desc = description
        self.classes = {}
        self.tracked_total = 0
        self.asizeof_total = 0

    @property
    def total(self):
        """All bytes of tracked objects."""
        return self.tracked_total

    @property
    def label(self):
        """The description, or the time."""
        return self.desc or f"{self.timestamp:.3f}s"


class ConsoleStats:
    """Prints what a tracker has noted."""

    def __init__(self, tracker, stream=None):
        self.tracker = tracker
        self.stream = stream

    def write(self, text):
        (self.stream or sys.stdout).write(text)

    def print_summary(self):
        """Prints a table for each snapshot."""
        self.write(f"{'---- SUMMARY ':-<79}\n")
        for snapshot in self.tracker.snapshots:
            self.write(f"{shortened_to(snapshot.desc, 35):<35} {'active':>11} {in_units(snapshot.asizeof_total):>12} {'average':>12} {'pct':>5}\n")
            for name in sorted(snapshot.classes):
                active, total = snapshot.classes[name]
                average = in_units(total // active) if active else in_units(0)
                share = total * 100 // snapshot.asizeof_total if snapshot.asizeof_total else 0
                self.write(f"  {shortened_to(name, 33):<33} {active:>11} {in_units(total):>12} {average:>12} {share:>4}%\n")
        self.write("-" * 79 + "\n")

    def print_object(self, tobj):
        """Prints the sizes of one object over time."""
        place = f"0x{tobj.id:08x}" if tobj.death is None else "( free )  "
        name, text = shortened_to(tobj.name, 32, keep_end=True), shortened_to(tobj.repr, 35)
        self.write(f"{name:<32} {place} {text:<35}\n")
        for moment, sized in tobj.snapshots:
            self.write(f"  {stamp(moment):<30} {in_units(sized.size)}\n")
            self.print_refs(sized.refs, sized.size)
        if tobj.death is not None:
            self.write(f"  {stamp(tobj.death):<30} finalize\n")

    def print_refs(self, refs, total, prefix="    ", level=1):
        for part in sorted(refs, key=lambda part: part.size, reverse=True):
            share = part.size * 100 / total if total else 0
            if share > 0.1:
                name = shortened_to(prefix + part.name, 50)
                self.write(f"{name:<50} {in_units(part.size):<14} {int(share):3}% [{level}]\n")
                self.print_refs(part.refs, total, prefix + "  ", level + 1)

    def print_stats(self, clsname=None, limit=1.0):
        """Prints the tracked objects, of a class or of all, the largest first."""
        objects = [
            tracked for name, index in self.tracker.index.items() if clsname is None or clsname in name for tracked in index
        ]
        objects.sort(key=lambda tracked: tracked.get_max_size(), reverse=True)
        count = int(len(objects) * limit) if limit <= 1.0 else int(limit)
        for tracked in objects[:count]:
            self.print_object(tracked)


class ClassTracker:
    """Follows the instances of classes from their constructors on."""

    def __init__(self, stream=None):
        self.index = {}
        self.objects = {}
        self.kept = []
        self.snapshots = []
        self.constructors = {}
        self.stats = ConsoleStats(self, stream)

    def track_object(self, instance, name=None, resolution_level=0, keep=False, trace=False):
        """Follows one object."""
        known = self.objects.get(id(instance))
        if known is not None and known.ref() is not None:
            return
        kind = type(instance)
        name = name or f"{kind.__module__}.{kind.__qualname__}"
        tracked = TrackedObject(instance, name, resolution_level)
        self.index.setdefault(name, []).append(tracked)
        self.objects[id(instance)] = tracked
        if keep:
            self.kept.append(instance)

    def track_change(self, instance, resolution_level=0):
        """Changes how deep the parts of an object are noted."""
        self.objects[id(instance)].set_resolution_level(resolution_level)

    def track_class(self, cls, name=None, resolution_level=0, keep=False, trace=False):
        """Follows all instances that a class makes from now on."""
        if not isinstance(cls, type):
            raise TypeError("only classes can be tracked")
        name = name or f"{cls.__module__}.{cls.__qualname__}"
        self.detach_class(cls)
        constructor = cls.__init__
        own = "__init__" in cls.__dict__

        def __init__(self, *args, **options):
            tracker.track_object(self, name, resolution_level, keep)
            constructor(self, *args, **options)

        tracker = self
        self.constructors[cls] = constructor if own else None
        cls.__init__ = __init__

    def detach_class(self, cls):
        """Gives a class its own constructor back."""
        if cls in self.constructors:
            constructor = self.constructors.pop(cls)
            if constructor is None:
                del cls.__init__
            else:
                cls.__init__ = constructor

    def detach_all_classes(self):
        """Gives all classes their constructors back."""
        for cls in list(self.constructors):
            self.detach_class(cls)

    def detach_all(self):
        """Forgets all objects and classes."""
        self.detach_all_classes()
        self.index.clear()
        self.objects.clear()
        self.kept.clear()

    def clear(self):
        """Forgets everything."""
        self.detach_all()
        self.snapshots.clear()

    close = detach_all

    def create_snapshot(self, description="", compute_total=False):
        """Notes how many tracked objects there are and how large they are."""
        snapshot = Snapshot(time.time() - started, description)
        sizer = Asizer()
        for name, index in self.index.items():
            active = total = 0
            for tracked in index:
                tracked.track_size(snapshot.timestamp, sizer)
                if tracked.ref() is not None:
                    active += 1
                    total += tracked.get_size_at_time(snapshot.timestamp)
            snapshot.classes[name] = (active, total)
            snapshot.tracked_total += total
        for cls in self.constructors:
            snapshot.classes.setdefault(f"{cls.__module__}.{cls.__qualname__}", (0, 0))
        if compute_total:
            from pympler import muppy

            snapshot.asizeof_total = muppy.get_size(muppy.get_objects())
        self.snapshots.append(snapshot)
