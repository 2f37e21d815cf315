for action in ("d[9] = 9", "del d[1]", "d.clear()", "d.popitem()", "d.update({7: 7, 8: 8})", "d.pop(k)", "d.setdefault(100, 1)"):
    d = {1: "a", 2: "b", 3: "c"}
    for view in ("d", "d.values()", "d.items()", "d.keys()", "reversed(d)"):
        d = {1: "a", 2: "b", 3: "c"}
        try:
            for k in eval(view):
                k = 2
                exec(action)
            print(action, view, "finished")
        except RuntimeError as e:
            print(action, view, e)
        except KeyError as e:
            print(action, view, "KeyError", e)
d = {1: 1, 2: 2}
for k in d:
    d[k] = k * 2
print(d)
d = {i: i for i in range(5)}
try:
    for k in d:
        del d[k]
        d[k + 100] = 1
except RuntimeError as e:
    print(e)
it = iter(d)
next(it)
d["new"] = 1
for _ in range(2):
    try:
        next(it)
    except RuntimeError as e:
        print(e)
d = {1: 1}
v = d.items()
d[2] = 2
print(list(v), len(v))
try:
    [d.pop(k) for k in d]
except RuntimeError as e:
    print(e)
try:
    dict((k, d.clear()) for k in d)
except RuntimeError as e:
    print(e)
print(d)
