import gc
gc.disable()
gc.collect()
log = []


def cb(phase, info):
    log.append((phase, info["generation"], info["collected"], info["uncollectable"]))


gc.callbacks.append(cb)
l = []
l.append(l)
del l
gc.collect()
gc.collect(0)
gc.callbacks.remove(cb)
gc.collect()
print(log)
print(gc.callbacks)


def order(n):
    def inner(phase, info):
        print(n, phase, sorted(info))
    return inner


gc.callbacks += [order(1), order(2)]
gc.collect(1)
gc.callbacks.clear()


class G:
    def __del__(self):
        log.append("del")


log.clear()
gc.callbacks.append(lambda p, i: log.append(p))
g = G()
g.me = g
del g
gc.collect()
gc.callbacks.clear()
print(log)
