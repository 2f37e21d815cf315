import weakref


class C:
    def __init__(self, n):
        self.n = n

    def __repr__(self):
        return f"C({self.n})"


d = weakref.WeakValueDictionary()
a, b = C("a"), C("b")
d["a"] = a
d["b"] = b
d["temp"] = C("temp")
print(len(d), sorted(d), d["a"], d.get("b"), d.get("temp"), d.get("x", "def"), "a" in d, "temp" in d)
print(sorted(d.keys()), sorted(map(repr, d.values())), sorted(map(repr, d.items())), list(d.valuerefs())[0]() in (a, b), len(d.valuerefs()))
del a
print(len(d), sorted(d), list(d.items()))
try:
    d["a"]
except KeyError as e:
    print("KeyError", e)
print(d.pop("b"), d.pop("b", None), len(d))
x = C("x")
print(d.setdefault("x", x) is x, d.setdefault("x", C("y")) is x, d.copy()["x"] is x, len(d))
d.update({"b": b, "x": b})
print(sorted(d), d["x"])
e = weakref.WeakValueDictionary({"k": b}, j=x)
print(sorted(e), len(e))
for k in list(e):
    print(k, e[k])
del e["k"]
print(sorted(e), e.popitem()[0], len(e))
try:
    e.popitem()
except KeyError as err:
    print("KeyError", err)
for v in (5, "s", [1]):
    try:
        d["bad"] = v
    except TypeError as err:
        print(err)
print(d == d, repr(d).split(" at ")[0], sorted((d | {"z": x}).keys()))
d.clear()
print(len(d), bool(d))
items = [C(i) for i in range(5)]
w = weakref.WeakValueDictionary(enumerate(items))
for k, v in w.items():
    if k == 1:
        items.clear()
        del v
        break
v = None
print(len(w))
