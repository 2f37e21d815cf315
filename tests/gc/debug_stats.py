# expect: err
import gc
gc.disable()
gc.collect()
l = []
l.append(l)
del l
gc.set_debug(gc.DEBUG_STATS)
gc.collect()
gc.collect(0)
gc.collect(1)
gc.set_debug(0)
gc.collect()
print("done")
