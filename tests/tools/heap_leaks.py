# expect: own
# stress: skip
"""heap.leaks finds what only cycles keep alive, and leaves it as it is."""
import gc
import heap
import weakref


class Node:
    def __init__(self, name):
        self.name = name


def leak():
    a, b = Node("a"), Node("b")
    a.other, b.other = b, a
    b.list = [b]
    return weakref.ref(a)


gc.collect()
gc.disable()
print(heap.leaks(), len(heap.leaks()))
watch = leak()
found = heap.leaks()
print(len(found), sorted(row[1] for row in found), {row[0] for row in found}, watch() is not None)
for line in sorted(found.lines):
    print("  ", line.replace(line[line.find(" at 0x") :], " ...") if " at 0x" in line else line.split(" bytes, ")[-1])
del found
lonely = []
lonely.append(lonely)
del lonely
print(len({row[0] for row in heap.leaks()}))
print(gc.collect(), watch(), heap.leaks())
