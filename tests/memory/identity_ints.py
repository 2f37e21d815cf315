a = 256; b = int("256")
print(a is b)
a = 257; b = int("257")
print(a is b)
a = -5; b = int("-5")
print(a is b)
a = -6; b = int("-6")
print(a is b)
x = 1000; y = 1000
print(x is y)


def f():
    return 1000


def g():
    return 1000


print(f() is f(), f() is g(), f() is 999 + 1)
n = 255
n += 1
print(n is 256 + 0)
m = 256
m += 1
k = 257
print(m == k, m is k)
print([i is j for i, j in zip(range(250, 260), range(250, 260))])
print(int("5") is 5 + 0, len("abc") is 3 + 0, 10 // 3 is 6 // 2, True + 4 is 10 - 5)
print(id(7) == id(3 + 4), id(a) != id(b))
print(float("1.5") is float("1.5"), 1.5 is 1.5 if False else "-", (1.0 + 0.5) == 1.5)
z = 1000
w = z
z += 1
print(w, z, w is z)
z -= 1
print(w == z, w is z)
