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


class Phoenix:
    def __del__(self):
        global back
        back = self


def fates():
    # In the order of addresses, so sorted here.
    for fate in sorted(heap.explain().data["objects"], key=lambda fate: fate["object"]):
        if not fate["stays"]:
            # What dies with its neighbour is cleared itself only if it stands in front of it.
            shown = ("finalized", "resurrected", "kept", "cleared")[:3 if fate["object"].startswith("list") else 4]
            told = [name for name in shown if fate[name]]
            print("  ", plain(fate["object"]), told)


# A finalizer brings an object back, and what hangs on it.
phoenix = Phoenix()
phoenix.me = phoenix
phoenix.held = [1]
del phoenix
print(gc.collect())
fates()
del back
print(gc.collect())
fates()

# Garbage that is kept.
gc.set_debug(gc.DEBUG_SAVEALL)
kept = []
kept.append(kept)
del kept
gc.collect()
gc.set_debug(0)
fates()
print(plain(heap.explain()[2]))
gc.garbage.clear()
gc.collect()
fates()


# Asked in the middle: the last complete collection is told.
class Asks:
    def __del__(self):
        print("in the finalizer:", heap.explain().data["unreachable"])


gc.callbacks.append(lambda phase, info: print(phase, heap.explain().data["unreachable"]))
asks = Asks()
asks.me = asks
del asks
gc.collect()
gc.callbacks.clear()
