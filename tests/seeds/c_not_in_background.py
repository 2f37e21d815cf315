# "The garbage collector is a background process": it runs inside the program, where an allocation reached the threshold.
import gc
import sys
gc.disable()
gc.collect()
where = []


def watch(phase, info):
    if phase == "start":
        where.append(sys._getframe(1).f_code.co_name)


def quiet():
    return sum(i * i for i in range(20000))


def allocate():
    kept = []
    for i in range(1000):
        kept.append([i])
    return kept


gc.callbacks.append(watch)
gc.set_threshold(100, 10, 10)
gc.enable()
quiet()
print("while numbers are added:", where)
allocate()
gc.disable()
gc.callbacks.clear()
print("while lists are made:", set(where))
