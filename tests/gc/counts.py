import gc
gc.disable()
gc.collect()
print(gc.get_count()[1:], gc.get_count()[0] < 50)
before = gc.get_count()[0]
keep = [[] for _ in range(100)]
after = gc.get_count()[0]
print(after - before in range(99, 110))
del keep
gc.collect(0)
print(gc.get_count()[1:], gc.get_count()[0] < 50)
gc.collect(0)
gc.collect(0)
print(gc.get_count()[1:])
gc.collect(1)
print(gc.get_count()[1:])
gc.collect(1)
print(gc.get_count()[1:])
gc.collect(2)
print(gc.get_count()[1:])
ints = [i * 1000 for i in range(1000)]
print(gc.get_count()[0] < 50, type(gc.get_count()).__name__, len(gc.get_count()))
