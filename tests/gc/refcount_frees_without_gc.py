import gc
gc.disable()
gc.set_threshold(0)


class D:
    def __init__(self, child=None):
        self.child = child

    def __del__(self):
        counter[0] += 1


counter = [0]
for _ in range(1000):
    D()
print(counter)
x = None
for _ in range(1000):
    x = D(x)
x = None
print(counter)
tree = D([D([D(), D()]), D()])
del tree
print(counter)
c = D()
c.child = c
del c
print(counter)
gc.collect()
print(counter)
