import gc
gc.disable()
gc.collect()


class Mark:
    pass


m = Mark()
objs = gc.get_objects()
print(any(o is m for o in objs), type(objs).__name__, len(objs) > 100, any(o is objs for o in objs))
del objs
print(any(o is m for o in gc.get_objects(generation=0)), any(o is m for o in gc.get_objects(generation=1)), any(o is m for o in gc.get_objects(generation=2)))
gc.collect(0)
print(any(o is m for o in gc.get_objects(0)), any(o is m for o in gc.get_objects(1)), any(o is m for o in gc.get_objects(2)))
gc.collect(1)
print(any(o is m for o in gc.get_objects(0)), any(o is m for o in gc.get_objects(1)), any(o is m for o in gc.get_objects(2)))
n = Mark()
gc.collect()
print(any(o is n for o in gc.get_objects(2)), any(o is n for o in gc.get_objects(generation=None)))
print(sum(isinstance(o, Mark) for o in gc.get_objects()))
print(all(gc.is_tracked(o) for o in gc.get_objects()))
untracked = (1, 2)
print(any(o is untracked for o in gc.get_objects()))
for bad in (3, -1, "x", 1.5):
    try:
        gc.get_objects(bad)
    except (ValueError, TypeError) as e:
        print(type(e).__name__, e)
