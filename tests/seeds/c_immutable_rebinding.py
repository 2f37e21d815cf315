# x += 1 makes a new object; the old one stays where it was.
x = 1000
y = x
before = id(x)
x += 1
print(x, y, id(x) == before, id(y) == before)
s = "text"
t = s
s += "!"
print(s, t, s is t)
l = [1]
m = l
l += [2]
print(l, m, l is m)
