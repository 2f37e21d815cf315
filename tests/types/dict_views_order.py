d = {"one": 1, "two": 2, "three": 3}
k, v, i = d.keys(), d.values(), d.items()
print(k, v, i, len(k), "one" in k, 2 in v, ("two", 2) in i, ("two", 3) in i)
d["four"] = 4
del d["one"]
print(list(k), list(v), list(i))
d["one"] = 1
d["two"] = 22
print(d)
print(sorted(k & {"one", "zzz"}), sorted(k | {"zzz"}), sorted(k - {"one"}), sorted(k ^ {"one", "q"}), k == {"one", "two", "three", "four"}, k >= {"one"}, k.isdisjoint({"x"}), sorted({("one", 1)} & i), {"a": 1}.items() <= {"a": 1, "b": 2}.items())
print(k.mapping["one"], type(k).__name__, type(v).__name__, type(i).__name__, {1: 2}.values() == {1: 2}.values(), list(reversed(k)))
try:
    k.mapping["x"] = 1
except TypeError as e:
    print(e)
try:
    hash(k)
except TypeError as e:
    print(e)
for n in range(100):
    d[n] = n
for n in range(90):
    del d[n]
print(list(d))
for key in list(d):
    if isinstance(key, int):
        d.pop(key)
d.popitem()
print(d, next(iter(d)), list(d.items())[-1])
try:
    for key in d:
        d[key + "x"] = 1
except RuntimeError as e:
    print(e)
try:
    for key in d:
        del d[key]
except RuntimeError as e:
    print(e)
d = {i: i for i in range(3)}
for key in d:
    d[key] = key * 10
print(d)
it = iter(d)
next(it)
d.clear()
try:
    next(it)
except RuntimeError as e:
    print(e)
print({**{"b": 1, "a": 2}, "b": 3}, {k: v for v, k in enumerate("cab")}, dict(b=1, a=2), d.keys() or "empty")
