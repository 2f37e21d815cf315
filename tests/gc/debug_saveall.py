import gc
gc.disable()
gc.collect()


class C:
    def __init__(self, n):
        self.n = n

    def __repr__(self):
        return f"C({self.n})"

    def __del__(self):
        print("del", self.n)


gc.set_debug(gc.DEBUG_SAVEALL)
print(gc.get_debug(), gc.garbage)
l = [1]
l.append(l)
d = {}
d["d"] = d
c = C("c")
c.me = c
del l, d, c
print(gc.collect())
print(len(gc.garbage), sorted(type(o).__name__ for o in gc.garbage))
print(gc.garbage[0][0], gc.garbage[0][1] is gc.garbage[0])
gc.set_debug(0)
gc.garbage.clear()
print(gc.collect(), gc.garbage)
print(gc.DEBUG_STATS, gc.DEBUG_COLLECTABLE, gc.DEBUG_UNCOLLECTABLE, gc.DEBUG_SAVEALL, gc.DEBUG_LEAK)
gc.set_debug(gc.DEBUG_LEAK & ~gc.DEBUG_COLLECTABLE)
print(gc.get_debug())
gc.set_debug(0)
for bad in ("x", None, 1.5):
    try:
        gc.set_debug(bad)
    except TypeError as e:
        print(e)
