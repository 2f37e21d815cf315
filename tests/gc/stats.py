import gc
gc.disable()
gc.collect()
s0 = gc.get_stats()
print(len(s0), [sorted(d) for d in s0])
for _ in range(5):
    l = []
    l.append(l)
del l
gc.collect(0)
for _ in range(7):
    l = []
    l.append(l)
del l
gc.collect(1)
gc.collect(2)
s1 = gc.get_stats()
print([b["collections"] - a["collections"] for a, b in zip(s0, s1)])
print([b["collected"] - a["collected"] for a, b in zip(s0, s1)])
print([b["uncollectable"] for b in s1])
