"""What has come and gone since the last look."""

from pympler import muppy, summary


class SummaryTracker:
    """Compares tables of types over time."""

    def __init__(self, ignore_self=True):
        self.s0 = self.create_summary()
        self.summaries = {}

    def create_summary(self):
        """The table of now."""
        return summary.summarize(muppy.get_objects())

    def diff(self, summary1=None, summary2=None):
        """What has changed between two tables, or since the last call."""
        if summary1 is None:
            summary1, self.s0 = self.s0, self.create_summary()
            summary2 = self.s0
        elif summary2 is None:
            summary2 = self.create_summary()
        return summary.get_diff(summary1, summary2)

    def format_diff(self, summary1=None, summary2=None):
        """The changes, line by line."""
        yield from summary.format_(self.diff(summary1, summary2))

    def print_diff(self, summary1=None, summary2=None):
        """Prints the changes."""
        for line in self.format_diff(summary1, summary2):
            print(line)

    def store_summary(self, key):
        """Keeps the table of now under a key."""
        self.summaries[key] = self.create_summary()


class ObjectTracker:
    """Compares the objects themselves; so it keeps all of them alive until the next look."""

    def __init__(self):
        self.o0 = muppy.get_objects()

    def get_diff(self, ignore=()):
        """The objects that have come, under '+', and gone, under '-'."""
        ignored = {id(value) for value in ignore}
        now = [value for value in muppy.get_objects() if id(value) not in ignored]
        before, self.o0 = self.o0, now
        return muppy.get_diff(before, now)

    def format_diff(self, ignore=()):
        """The changes as two tables, line by line."""
        found = self.get_diff(ignore)
        yield "Added objects:"
        yield from summary.format_(summary.summarize(found["+"]))
        yield "Removed objects:"
        yield from summary.format_(summary.summarize(found["-"]))

    def print_diff(self, ignore=()):
        """Prints the changes."""
        for line in self.format_diff(ignore):
            print(line)
