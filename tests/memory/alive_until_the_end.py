# expect: err
# What only the lists of gc keep, or what is frozen, is not finalized when the program ends.
import atexit, gc


class Noisy:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name)


def waiting():
    try:
        yield
    finally:
        print("closed")


ordinary = Noisy("ordinary")
kept = Noisy("kept by gc.garbage")
kept.me = kept
gc.garbage.append(kept)
del kept
gc.callbacks.append(lambda phase, info: None)
atexit.register(lambda noisy: print("atexit has", noisy.name), Noisy("held by atexit"))
generator = waiting()
next(generator)
cycle = [Noisy("in a cycle")]
cycle.append(cycle)
del cycle
gc.collect()
frozen = Noisy("frozen")
frozen.me = frozen
gc.freeze()
print("end")
