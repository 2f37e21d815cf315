from collections import defaultdict, OrderedDict
d = defaultdict(list)
d["a"].append(1)
d["a"].append(2)
d["b"]
print(d, d["a"], d.get("zz"), len(d), "zz" in d, d.default_factory, dict(d))
n = defaultdict(int, {"x": 5}, y=1)
n["z"] += 1
print(n, n.copy(), n == {"x": 5, "y": 1, "z": 1}, type(n | {"q": 1}).__name__)
for f in (lambda: defaultdict()["k"], lambda: defaultdict(None)["k"], lambda: defaultdict(5), lambda: defaultdict(lambda: 1 / 0)["k"], lambda: defaultdict(list)[[]]):
    try:
        print(f())
    except (KeyError, TypeError, ZeroDivisionError) as e:
        print(type(e).__name__, e)
nested = defaultdict(lambda: defaultdict(int))
nested["a"]["b"] += 1
print({k: dict(v) for k, v in nested.items()})
n.default_factory = None
try:
    n["nope"]
except KeyError as e:
    print("KeyError", e)
o = OrderedDict([("a", 1), ("b", 2), ("c", 3)])
o.move_to_end("a")
print(o, list(o), o.popitem(), o.popitem(last=False), o)
o.move_to_end("c", last=False) if "c" in o else None
o["z"] = 26
o.update(y=25)
print(o, list(reversed(o)), o == {"z": 26, "y": 25} or o == {"c": 3, "z": 26, "y": 25}, OrderedDict(a=1, b=2) == OrderedDict(b=2, a=1), OrderedDict(a=1, b=2) == dict(b=2, a=1), OrderedDict(), o.copy() == o, type(o | {}).__name__)
for f in (lambda: OrderedDict().popitem(), lambda: o.move_to_end("nope"), lambda: OrderedDict.fromkeys("ab", 0), lambda: o.pop("nope"), lambda: o.setdefault("n", 5), lambda: OrderedDict(5)):
    try:
        print(f())
    except (KeyError, TypeError) as e:
        print(type(e).__name__, e)
