d = {}


class H:
    def __init__(self, action):
        self.action = action

    def __hash__(self):
        self.action()
        return 1


d[H(lambda: d.update(a=1))] = 2
print(len(d))
d[H(d.clear)] = 3
print(len(d))
s = {1, 2}
s.add(H(s.clear))
print(len(s))
d = {i: i for i in range(10)}
print(d.pop(H(d.clear), "default"), len(d))
print({H(lambda: None): 1, "x": 2}["x"])


class Grow:
    def __init__(self, d):
        self.d = d

    def __hash__(self):
        for i in range(100):
            self.d[i] = i
        return 5


d = {}
d[Grow(d)] = "g"
print(len(d))
d = {}
print(d.setdefault(Grow(d), 1), len(d))
s = set()
class GrowSet:
    def __hash__(self):
        s.update(range(100))
        return 7


s.add(GrowSet())
print(len(s), GrowSet() in s)


class Changing:
    n = 0

    def __hash__(self):
        Changing.n += 1
        return Changing.n


c = Changing()
d = {c: 1}
print(c in d, len(d), list(d.values()))
d[c] = 2
print(len(d))
