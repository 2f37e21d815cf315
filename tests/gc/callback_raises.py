# expect: err
import gc
gc.disable()


def bad(phase, info):
    raise ValueError(phase)


gc.callbacks.append(bad)
print(gc.collect(0) >= 0)
gc.callbacks.clear()
print("goes on")
