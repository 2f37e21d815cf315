# "When the count reaches zero, the garbage collector is triggered": no, the last decref frees at once.
import gc
gc.disable()
runs = []
gc.callbacks.append(lambda phase, info: runs.append(phase))


class Told:
    def __del__(self):
        print("freed")


x = Told()
del x
print("collections:", len(runs))
gc.callbacks.clear()
