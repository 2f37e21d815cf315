d = {"a": 1, "b": 2}
print(d["a"], d.get("a"), d.get("z"), d.get("z", 0), d.setdefault("c", 3), d.setdefault("a", 9), d.pop("b"), d.pop("zz", None), len(d), d)
d.update({"x": 1}, y=2)
d.update([("z", 3)])
d.update(a=100)
print(d, d.popitem(), d, "a" in d, 1 in d, list(d), sorted(d.values()))
print(d | {"a": 0, "n": 1}, {"n": 1} | d, d == {"a": 100, "c": 3, "x": 1, "y": 2}, d.copy() == d, d.copy() is d, dict.fromkeys("ab"), dict.fromkeys([1, 2], 0))
d |= [("p", 1)]
print(d, list(reversed(d)), list(reversed(d.items())))
print(dict(), dict(a=1), dict([(1, 2)]), dict({"k": "v"}, z=1), dict(zip("ab", (1, 2))), dict(["ab", "cd"]), {1: "a", 1.0: "b", True: "c"})
d.clear()
print(d, {}.keys(), {1: 2}.keys(), {1: 2}.values(), {1: 2}.items())
for f in (lambda: {}["k"], lambda: {}[1, 2], lambda: {}.pop("k"), lambda: {}.popitem(), lambda: {[]: 1}, lambda: {}.get([]), lambda: dict(5), lambda: dict([1]), lambda: dict(["abc"]), lambda: dict(1, 2), lambda: {} | [1], lambda: {}.update(5), lambda: {}.fromkeys(5), lambda: hash({}), lambda: {} < {}, lambda: {}.update([(1,)]), lambda: {}.get(), lambda: {}.setdefault({}, 1), lambda: [] in {}, lambda: {}.pop(), lambda: dict([("a", 1), 5])):
    try:
        print(f())
    except (KeyError, TypeError, ValueError) as e:
        print(type(e).__name__, e)
r = {}
r["me"] = r
print(r, {"n": {"m": {}}}, {None: None, (1,): [2]}, repr({}), [m for m in dir(dict) if not m.startswith("__")])
