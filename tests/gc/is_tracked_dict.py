import gc
gc.disable()
d = {}
print(gc.is_tracked(d))
d["a"] = 1
print(gc.is_tracked(d))
d["b"] = "text"
d[1] = 2.5
print(gc.is_tracked(d))
d["c"] = []
print(gc.is_tracked(d))
del d["c"]
print(gc.is_tracked(d))
gc.collect()
print(gc.is_tracked(d))
e = {"a": {}}
print(gc.is_tracked(e))
f = {i: i for i in range(3)}
print(gc.is_tracked(f))
g = dict(a=1)
print(gc.is_tracked(g), gc.is_tracked(dict([("a", [])])), gc.is_tracked({"k": 1}.copy()), gc.is_tracked({"k": []}.copy()))


class C:
    def __init__(self):
        self.x = 1


c = C()
print(gc.is_tracked(c), gc.is_tracked(c.__dict__), gc.is_tracked(C.__dict__), gc.is_tracked(globals()))
h = {(1, 2): 1}
print(gc.is_tracked(h))
h.update(z=())
print(gc.is_tracked(h))
print(gc.is_tracked(dict.fromkeys("ab")), gc.is_tracked(dict.fromkeys("ab", [])))
