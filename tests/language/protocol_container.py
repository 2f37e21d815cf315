class Box:
    def __init__(self, *items):
        self.items = list(items)

    def __len__(self):
        return len(self.items)

    def __getitem__(self, k):
        print("get", k)
        return self.items[k]

    def __setitem__(self, k, v):
        print("set", k, v)

    def __delitem__(self, k):
        print("del", k)

    def __contains__(self, x):
        return "maybe"

    def __reversed__(self):
        return iter("reversed")

    def __iter__(self):
        return iter(self.items)


b = Box(1, 2, 3)
print(len(b), b[0], b[-1], b[1:], b[::2], 5 in b, 5 not in b, list(reversed(b)), list(b))
b[0] = 1
b[1:2] = [3]
b[1, 2] = 4
b["k", ::2] = 5
del b[0]
del b[:]
x, *y = b
print(x, y)


class Old:
    def __getitem__(self, i):
        if i > 3:
            raise IndexError
        return i * i


print(list(Old()), 9 in Old(), 10 in Old(), [*Old()])


class Missing(dict):
    def __missing__(self, k):
        return k * 2


m = Missing(a=1)
print(m["a"], m["b"], m.get("b"), "b" in m)


class Idx:
    def __index__(self):
        return 2


print([10, 20, 30][Idx()], "abc"[Idx()], range(10)[Idx()], hex(Idx()), [0] * Idx(), (1, 2, 3)[:Idx()])
for f in (lambda: [][0], lambda: ()[0], lambda: ""[0], lambda: [1][5], lambda: [1]["a"], lambda: (1,)[1.0],
          lambda: {}["k"], lambda: 5[0], lambda: None["a"], lambda: len(5), lambda: 1 in 5, lambda: list(5),
          lambda: [1][None:"a"], lambda: object()[1], lambda: "abc"["a"], lambda: {}[[]], lambda: int[0]):
    try:
        f()
    except (TypeError, LookupError) as e:
        print(type(e).__name__, e)
try:
    5[0] = 1
except TypeError as e:
    print(e)
try:
    del "abc"[0]
except TypeError as e:
    print(e)
try:
    "abc"[0] = "x"
except TypeError as e:
    print(e)
