import weakref


class K:
    def __init__(self, n):
        self.n = n

    def __repr__(self):
        return f"K({self.n})"


a, b = K("a"), K("b")
d = weakref.WeakKeyDictionary({a: 1})
d[b] = 2
d[K("temp")] = 3
print(len(d), d[a], d.get(b), d.get(K("z")), a in d, "str" in d, sorted(map(repr, d)), sorted(d.values()), sorted(map(repr, d.items())))
del a
print(len(d), list(d.keys()), [r() for r in d.keyrefs()])
try:
    d[K("missing")]
except KeyError as e:
    print("KeyError")
try:
    d[5] = 1
except TypeError as e:
    print(e)
d[b] += 10
print(d.pop(b), len(d), d.setdefault(b, 7), d.setdefault(b, 8))
c = d.copy()
print(len(c), c == d)
d.update({b: "updated"})
print(d[b], repr(d).split(" at ")[0], type(d | {}).__name__)
del d[b]
print(len(d), bool(d))


class E:
    def __init__(self, v):
        self.v = v

    def __eq__(self, o):
        return self.v == o.v

    def __hash__(self):
        return hash(self.v)


k1, k2 = E(1), E(1)
m = weakref.WeakKeyDictionary()
m[k1] = "first"
m[k2] = "second"
print(len(m), m[k1])
del k1
print(len(m))
