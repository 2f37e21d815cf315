import sys
x = []
print(sys.getrefcount(x))
y = x
print(sys.getrefcount(x))
z = [x, x]
print(sys.getrefcount(x))
d = {"k": x}
print(sys.getrefcount(x))
t = (x,)
print(sys.getrefcount(x))
del y
print(sys.getrefcount(x))
z.pop()
print(sys.getrefcount(x))
z[0] = None
print(sys.getrefcount(x))
del d["k"]
print(sys.getrefcount(x))
del t
print(sys.getrefcount(x))
x = x
print(sys.getrefcount(x))
print(sys.getrefcount([]), sys.getrefcount({}), sys.getrefcount(object()))
