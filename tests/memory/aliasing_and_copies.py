a = [1, [2, 3]]
b = a
c = a[:]
d = list(a)
e = a.copy()
b.append(4)
c[1].append("shared")
print(a, b, c, d, e)
print(a is b, a is c, a[1] is c[1] is d[1] is e[1])
grid = [[0] * 3] * 3
grid[0][0] = 1
print(grid)
grid = [[0] * 3 for _ in range(3)]
grid[0][0] = 1
print(grid)


def modify(lst, num, s):
    lst.append("changed")
    num += 1
    s += "x"
    lst = ["rebound"]
    return lst, num, s


l, n, s = [], 1, "s"
print(modify(l, n, s), l, n, s)
x = (1, [2])
y = x
try:
    x[1] += [3]
except TypeError as err:
    print(err)
print(x, y, x is y)
k = {"a": l}
l2 = k["a"]
l2 += ["via alias"]
print(l, k)
import functools
first = second = {}
first["k"] = 1
print(second)
t = ([],) * 2
t[0].append(1)
print(t)
m = {}.fromkeys("ab", [])
m["a"].append(5)
print(m)
