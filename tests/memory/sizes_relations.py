import sys
size = sys.getsizeof
print(size([]) < size([1]) <= size([1, 2]) <= size(list(range(100))))
print(size(()) < size((1,)) < size((1, 2)))
print(size("") < size("a" * 100), size("é" * 100) < size("日" * 100) < size("😀" * 100))
print(size(b"") < size(b"x" * 100), size(1) <= size(2 ** 100) < size(2 ** 1000))
print(size({}) < size({i: i for i in range(10)}) < size({i: i for i in range(1000)}))
print(size(set()) < size(set(range(1000))), size(frozenset()) < size(frozenset(range(1000))))
print(size(range(10)) == size(range(10 ** 12)), size(iter([])) < size(list(range(100))))
print(size((i for i in range(10))) == size((i for i in range(10 ** 9))))
print(size([0] * 1000) >= 8 * 1000 or size([0] * 1000) >= 4 * 1000, size((0,) * 1000) > 3999)


class Plain:
    pass


class Slots:
    __slots__ = ("a", "b")


print(size(Slots()) <= size(Plain()) + 16, size(object()) <= size(Slots()))
l = []
grown = 0
last = size(l)
for i in range(100):
    l.append(i)
    if size(l) != last:
        grown += 1
        last = size(l)
print(grown < 20, size(l) >= size([]) + 100 * 4)
print(all(isinstance(size(v), int) and size(v) > 0 for v in (1, 1.5, "s", b"b", [], (), {}, set(), None, True, len, size, Plain, Plain(), range(3), slice(1), ...)))


class S:
    def __sizeof__(self):
        return 1000


print(size(S()) >= 1000)
try:
    size()
except TypeError as e:
    print(type(e).__name__)


class BadSize:
    def __sizeof__(self):
        return -1


class NoInt:
    def __sizeof__(self):
        return "x"


for bad in (BadSize, NoInt):
    try:
        size(bad())
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)
print(size(NoInt(), 7))
