import gc
gc.disable()
gc.collect()


def garbage(n=1):
    for _ in range(n):
        l = []
        l.append(l)


garbage(3)
print(gc.collect(0))
garbage(4)
print(gc.collect(1))
garbage(5)
print(gc.collect(2))
garbage(6)
print(gc.collect(generation=2))
print(gc.collect(0), gc.collect(1), gc.collect(2))
old = []
old.append(old)
gc.collect(0)
del old
print("young", gc.collect(0))
print("middle", gc.collect(1))
older = []
older.append(older)
gc.collect(1)
del older
print("young", gc.collect(0))
print("middle", gc.collect(1))
print("old", gc.collect(2))
for bad in (3, -1, 100):
    try:
        gc.collect(bad)
    except ValueError as e:
        print(e)
for bad in ("x", 1.5, None):
    try:
        gc.collect(bad)
    except TypeError as e:
        print(e)
try:
    gc.collect(1, 2)
except TypeError as e:
    print(e)
