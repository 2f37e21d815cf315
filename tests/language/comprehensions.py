print([x * x for x in range(5)])
print([x for x in range(10) if x % 2 if x > 3])
print([(a, b) for a in range(3) for b in range(a)])
print([[c for c in row] for row in ("ab", "cd")])
print({x: x * 2 for x in range(3)})
print(sorted({x % 3 for x in range(10)}))
print(list(x + 1 for x in range(3)))
print(sum(x for x in range(10)))
x = "outer"
print([x for x in range(2)], x)


class C:
    n = 3
    items = [i for i in range(n)]
    try:
        bad = [n for i in range(2)]
    except NameError as e:
        print("NameError", e)


print(C.items)


def f(k):
    return [k + i for i in range(3)], {j: k for j in range(2)}


print(f(5))
print([y := 1, y + 1])
print([(last := n) for n in range(4)], last)
try:
    [1 / n for n in (1, 0)]
except ZeroDivisionError as e:
    print(e)
print([a for a, *b in [(1, 2, 3), (4,)]], [b for a, *b in [(1, 2, 3), (4,)]])
print([lambda: i for i in range(3)][0]())
print({k: v for k, v in [("a", 1), ("a", 2)]})
print([z for z in [w for w in range(3)] if z in {v for v in (0, 2)}])
