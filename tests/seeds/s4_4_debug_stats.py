# expect: err
import gc
# Enable garbage collection debugging
gc.set_debug(gc.DEBUG_STATS)


# Create a circular reference
class CircularRef:
    def __init__(self):
        self.ref = None


obj1 = CircularRef()
obj2 = CircularRef()
obj1.ref = obj2
obj2.ref = obj1
# Remove references and trigger garbage collection
del obj1, obj2
gc.collect()
# Output will show objects collected by the garbage collector
gc.set_debug(0)
