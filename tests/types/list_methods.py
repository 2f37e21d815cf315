l = [3, 1, 2]
l.append(4)
l.extend([5, 6])
l.extend("ab")
l.insert(0, "first")
l.insert(-1, "before last")
l.insert(100, "end")
l.insert(-100, "start")
print(l, len(l))
print(l.pop(), l.pop(0), l.pop(-1), l)
l.remove("before last")
l.reverse()
print(l, l.index(5), l.index(1, 2), l.count(1), l.copy() == l, l.copy() is l)
l.clear()
print(l)
l = [3, 1, 2]
print(l.sort(), l, l.sort(reverse=True), l, sorted(["b", "A", "c"], key=str.lower), sorted([1, -3, 2], key=abs, reverse=True))
pairs = [("b", 1), ("a", 1), ("c", 0)]
pairs.sort(key=lambda p: p[1])
print(pairs)
pairs.sort(key=lambda p: p[1], reverse=True)
print(pairs)
l = [1, 2, 3]
l += (4,)
l *= 2
print(l, l + [9], [0] * 3, 2 * [1], [] * 5, [1] * -1, l[2:5], l[::-1], l[-2:], l[::3], 3 in l, 9 not in l, [1, [2]] == [1, [2]], [1, 2] < [1, 3])
for f in (lambda: [].pop(), lambda: [1].pop(5), lambda: [].remove(1), lambda: [].index(1), lambda: [1].index(1, 1), lambda: [1].insert("a", 1), lambda: [1].extend(5), lambda: [1, "a"].sort(), lambda: [1].sort(5), lambda: [] + (1,), lambda: [] * 1.5, lambda: [1].pop("a"), lambda: hash([]), lambda: [].append(), lambda: [].append(1, 2), lambda: list(1), lambda: list(1, 2), lambda: [1].sort(key=5), lambda: [1] * 10 ** 19, lambda: list(x=1), lambda: [].count(), lambda: [1][5]):
    try:
        print(f())
    except (IndexError, ValueError, TypeError, OverflowError, MemoryError) as e:
        print(type(e).__name__, e)
r = [1]
r.append(r)
print(r, [[]], [None, True, 1.5, "s", b"b", (1,), {1: 2}, {3}], repr([]), [m for m in dir(list) if not m.startswith("__")])
