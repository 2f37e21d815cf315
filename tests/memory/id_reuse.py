class C:
    pass


a = C()
i = id(a)
print(id(a) == i, type(i) is int, i > 0, i % 8)
b = C()
print(id(b) != i)

x = 1000 + len("")
i = id(x)
x += 1
print(id(x) == i, x)
f = 1.5
i = id(f)
f += 1
print(id(f) == i)
l = [1]
i = id(l)
l += [2]
l.append(3)
print(id(l) == i)
s = "abc"
i = id(s)
s += "def"
print(id(s) == i, s)
print(len({id(C()) for _ in range(3)}) <= 2, len({id(o) for o in [C(), C(), C()]}))
print(id(None) == id(None), id(int) == id(type(5)))
a = [1, 2, 3]
b = a
print(id(a) == id(b), id(a[0]) == id(b[0]), id(a[:]) == id(a))
