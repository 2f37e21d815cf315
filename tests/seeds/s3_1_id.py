# Demonstrating memory references of variables.
a = 10
b = a
c = [1, 2, 3]
d = c
print("a and b:", id(a) == id(b))
print("c and d:", id(c) == id(d))
d.append(4)
print(c)
