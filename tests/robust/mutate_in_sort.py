l = [3, 1, 2]


def key(x):
    l.append(x)
    return x


try:
    l.sort(key=key)
except ValueError as e:
    print(e, l)
l = [3, 1, 2]
try:
    l.sort(key=lambda x: l.clear() or x)
except ValueError as e:
    print(e)
print(l)


class Lt:
    def __init__(self, v):
        self.v = v

    def __lt__(self, o):
        l.append(0) if len(l) < 5 else None
        return self.v < o.v


l = [Lt(3), Lt(1), Lt(2)]
try:
    l.sort()
except ValueError as e:
    print(e)
print([x.v for x in l if isinstance(x, Lt)])
l = [3, 1, 2]
print(sorted(l, key=lambda x: l.clear() or x), l)
l = [5, 4]
l.sort(key=lambda x: len(l))
print(l)
seen = []
l = [3, 1, 2]
l.sort(key=lambda x: seen.append(list(l)) or x)
print(seen, l)


class Raises:
    def __lt__(self, o):
        raise ValueError("in lt")


l = [Raises(), Raises(), 5]
try:
    l.sort()
except ValueError as e:
    print(e, len(l))
l = [4, 3, 2, 1]
try:
    l.sort(key=lambda x: 1 / (x - 2))
except ZeroDivisionError:
    print(sorted(l))


class Liar:
    def __lt__(self, o):
        return True


l = [Liar() for _ in range(100)]
l.sort()
print(len(l))
print(max([1, 2, 3], key=lambda x: l.clear() or x), len(l))
