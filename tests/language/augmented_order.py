def log(name, value):
    print(name, end=" ")
    return value


class Seq:
    def __getitem__(self, k):
        print("get", k, end=" ")
        return 10

    def __setitem__(self, k, v):
        print("set", k, v)


class Obj:
    def __getattr__(self, n):
        print("getattr", n, end=" ")
        return 5

    def __setattr__(self, n, v):
        print("setattr", n, v)


s, o = Seq(), Obj()
log("s", s)[log("k", 1)] += log("v", 2)
log("o", o).attr += log("v", 3)
log("s", s)[log("a", 1):log("b", 2)] += log("c", 3)
x = [0]
x[log("i", 0)] = log("value", 7)
log("target", x)[0], y = log("tuple", (1, 2))
a = b = log("once", [])
print(a is b)
d = {}
d[log("key", "k")] = d[log("key2", "j")] = log("val", 1)
print(d)
del log("del", x)[log("index", 0)]
print(x)


def f():
    return log("f", lambda *a: a)


print(f()(log("arg", 1), *log("star", [2])))
z = log("cond", True) and log("then", 1) if log("test", 1) else log("else", 0)
print(z)
assert log("assert", 1), log("message", "m")
print()
with_default = lambda p=log("default", 1): p
print(with_default(), with_default())
