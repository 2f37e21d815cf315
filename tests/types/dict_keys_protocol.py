class Key:
    def __init__(self, v):
        self.v = v

    def __hash__(self):
        print("hash", self.v)
        return hash(self.v) % 2

    def __eq__(self, o):
        print("eq", self.v, getattr(o, "v", o))
        return isinstance(o, Key) and self.v == o.v


a, b, c = Key(1), Key(2), Key(3)
d = {a: "a", b: "b"}
print(d[a])
print(d[Key(1)])
d[c] = "c"
print(d.get(Key(5)))
print(Key(2) in d, len(d))
del d[a]
print([k.v for k in d])
print({1: "int", "1": "str"}[1], {1.0: "f"}[1], {True: "t"}[1.0], {(1, 2): "t"}[1, 2], {frozenset([1]): "fs"}[frozenset([1])], {None: 0}[None])
nan = float("nan")
n = {nan: 1}
print(nan in n, float("nan") in n)
n[float("nan")] = 2
print(len(n))


class D(dict):
    def __getitem__(self, k):
        return "overridden"

    def __setitem__(self, k, v):
        super().__setitem__(k, v * 2)


x = D(a=1)
x["b"] = 2
x.update(c=3)
print(x["zzz"], x.get("b"), x, dict(x), {**x}, x == {"a": 1, "b": 4, "c": 3}, type(x.copy()).__name__)


class BadHash:
    def __hash__(self):
        raise ValueError("no hash")


try:
    {BadHash(): 1}
except ValueError as e:
    print(e)


class BadEq:
    def __hash__(self):
        return 1

    def __eq__(self, o):
        raise ValueError("no eq")


try:
    {BadEq(): 1, BadEq(): 2}
except ValueError as e:
    print(e)
