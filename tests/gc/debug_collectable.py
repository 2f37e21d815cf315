# expect: err
import gc
gc.disable()
gc.collect()


class Node:
    pass


n = Node()
n.me = n
l = []
l.append(l)
del n, l
gc.set_debug(gc.DEBUG_COLLECTABLE)
print(gc.collect())
gc.set_debug(0)
