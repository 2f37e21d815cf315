import gc
gc.disable()


class C:
    pass


def generation(o):
    for g in range(3):
        if any(x is o for x in gc.get_objects(g)):
            return g


gc.collect()
a = C()
print("new", generation(a))
gc.collect(0)
b = C()
print("after gen 0", generation(a), generation(b))
gc.collect(0)
print("after gen 0 again", generation(a), generation(b))
gc.collect(1)
print("after gen 1", generation(a), generation(b))
gc.collect(2)
print("after full", generation(a), generation(b))
l = []
print("list", generation(l), "int", generation(5), "tuple of ints", generation((1, 2)))
