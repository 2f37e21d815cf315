"""Objects that a very large number of references lead to: in cycles, from outside, and in young collections and full ones."""
import gc
import weakref


class Node:
    pass


def ring(count, generation):
    target = Node()
    target.row = [target] * count
    watch = weakref.ref(target)
    del target
    return gc.collect(generation), watch() is None


def held(count, generation):
    target = Node()
    target.row = [target] * count
    outside = target
    del target
    found = gc.collect(generation)
    alive = len(outside.row)
    del outside
    return found, alive, gc.collect()


def through_others(count):
    first, second = Node(), Node()
    first.row = [second, first] * (count // 2)
    second.row = [first] * count
    watch = weakref.ref(first), weakref.ref(second)
    del first
    found = gc.collect()
    alive = [w() is not None for w in watch]
    del second
    return found, alive, gc.collect(), [w() is None for w in watch]


gc.disable()
gc.collect()
for count in [*range(32760, 32770), *range(65530, 65540), 131070]:
    print(count, ring(count, 0), ring(count, 1), ring(count, 2), held(count, 0), held(count, 2))
for count in 32764, 32766, 40000, 65534, 140000:
    print(count, through_others(count))
