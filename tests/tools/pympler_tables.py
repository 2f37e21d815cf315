# expect: own
"""pympler's tables: summary, muppy, tracker and classtracker."""
import gc
from pympler import classtracker, muppy, summary, tracker


class Node:
    def __init__(self, value=0):
        self.value = value


def columns(lines):
    for line in lines:
        print([part.strip() for part in line.split(" | ")][:2])


# A collection would untrack tuples, which are found no more then.
gc.collect()
gc.disable()
follow = tracker.SummaryTracker()
nodes = [Node() for _ in range(100)]
columns(follow.format_diff())
print([row for row in follow.diff() if row[1]])
print([row for row in follow.diff() if row[1]])
rows = summary.summarize(nodes)
print(rows[0][:2], rows[0][2] > 0)
columns(summary.format_(summary.summarize([1, 2, "x", columns, summary]), sort="type", order="ascending"))
print(list(summary.format_([["a", 1, 5], ["bcd", 22, 2048], ["e", 3, 3 << 20]])))
print(summary.get_diff([["a", 1, 10], ["b", 2, 20]], [["a", 3, 30], ["c", 1, 5]]))
try:
    list(summary.format_([], sort="wrong"))
except ValueError as error:
    print(error)

everything = muppy.get_objects()
print(type(everything), sum(isinstance(value, Node) for value in everything), any(value is nodes for value in everything))
print(any(type(value).__module__.startswith("pympler") for value in everything))
print(len(muppy.filter(everything, Type=Node)), len(muppy.filter([[], "x" * 1000], min=500)))
print(muppy.get_size([1, 2]) == 2 * muppy.get_size([1]), [len(part) for part in muppy.sort(["xx" * 50, "x"])])
print({key: len(found) for key, found in muppy.get_diff(nodes[:5], nodes[3:7]).items()})
print(len(muppy.get_referents([[1000], [2000]])), len(muppy.get_referents([[1000], [2000]], level=2)))
del everything

keeper = tracker.ObjectTracker()
extra = Node()
print([line.split(" | ")[0].strip() for line in keeper.format_diff() if "Node" in line or line.endswith("objects:")])

classes = classtracker.ClassTracker()
classes.track_class(Node)
classes.create_snapshot("first")
kept = [Node(number) for number in range(3)]
gone = Node()
classes.create_snapshot("second")
del gone
classes.create_snapshot("third")
for snapshot in classes.snapshots:
    print(snapshot.desc, {name: row[0] for name, row in snapshot.classes.items()})
import io

out = io.StringIO()
classes.stats.stream = out
classes.stats.print_summary()
lines = out.getvalue().splitlines()
print(lines[0])
print(lines[1])
print(lines[2])
print(lines[-1])
out.truncate(0)
classes.stats.print_stats(clsname="Node", limit=2)
print(out.getvalue().count("<__main__.Node object at 0x"))
print(Node(7).value, Node.__init__.__name__)
classes.detach_all()
print("tracker" in Node.__init__.__code__.co_freevars, classes.index)
