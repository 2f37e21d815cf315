def show(name, value):
    print(name, end=" ")
    return value


def f(*args, **kwargs):
    print("->", args, kwargs)


show("f", f)(show("a", 1), *show("star", [2, 3]), show("b", 4), k=show("k", 5), **show("dict", {"z": 6}))
show("f", f)(x=show("x", 1), *show("star", (2,)))
d = {}
d[show("key", "k")] = show("value", 1)
print(d)
print({show("k1", 1): show("v1", 2), show("k2", 3): show("v2", 4)})
show("left", 1) + show("right", 2) * show("third", 3)
print()
show("a", 1) < show("b", 0) < show("c", 2)
print()
x, y = show("p", 1), show("q", 2)
print(x, y)
lst = [0, 0, 0]
show("lst", lst)[show("idx", 1)] += show("val", 5)
print(lst)
