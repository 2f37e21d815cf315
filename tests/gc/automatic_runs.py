import gc
gc.collect()
runs = []
gc.callbacks.append(lambda phase, info: phase == "stop" and runs.append(info["generation"]))
gc.set_threshold(100, 3, 3)


class N:
    def __init__(self):
        self.me = self


for _ in range(2000):
    N()
gc.set_threshold(2000, 10, 10)
gc.callbacks.clear()
print(len(runs) > 10, set(runs) <= {0, 1, 2}, 0 in runs, 1 in runs)
print(runs[:12])
alive = sum(isinstance(o, N) for o in gc.get_objects())
print(alive <= 150)
gc.disable()
gc.callbacks.append(lambda phase, info: runs.append("never"))
gc.set_threshold(10)
for _ in range(100):
    N()
gc.callbacks.clear()
print("never" in runs)
gc.set_threshold(0)
gc.enable()
gc.callbacks.append(lambda phase, info: runs.append("zero"))
for _ in range(5000):
    N()
gc.callbacks.clear()
print("zero" in runs, gc.collect() > 4000)
