# expect: own
# stress: skip
"""heap.explain tells what the last collection did, object by object."""
import gc
import heap


class Node:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("finalizer of", self.name)


def plain(line):
    while " at 0x" in line:
        before, _, after = line.partition(" at 0x")
        line = before + after.lstrip("0123456789abcdef")
    return line


print(heap.explain())
gc.collect()
gc.disable()
a, b = Node("a"), Node("b")
a.other, b.other = b, a
kept = Node("kept")
a.kept = kept
del a, b
print("found", gc.collect())
lines = [plain(line) for line in heap.explain()]
print(lines[0].partition(": ")[0], lines[0].split(", ")[1:])
nodes = [(line, lines[place + 1]) for place, line in enumerate(lines) if line.startswith("  Node")]
for line, reason in sorted(nodes):
    print(line)
    print(reason)
gc.collect(0)
print(heap.explain()[0].split(":")[0])
