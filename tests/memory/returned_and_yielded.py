import sys


def ret(x):
    return x


def ret_local():
    x = []
    return x


def ret_tuple(x):
    return x, x


def ident(x):
    y = x
    z = y
    return z


class C:
    def me(self):
        return self

    def __enter__(self):
        return self

    def __exit__(self, *a):
        pass

    def __iter__(self):
        yield self


o = object()
print(sys.getrefcount(ret(o)), sys.getrefcount(ret_local()), sys.getrefcount(ret_tuple(o)), sys.getrefcount(ident(o)), sys.getrefcount(o))
t = ret_tuple(o)
print(sys.getrefcount(o), sys.getrefcount(t))
del t
c = C()
print(sys.getrefcount(c.me()), sys.getrefcount(c.me().me()), sys.getrefcount(C().me()))
with c as d:
    print(sys.getrefcount(c))
del d
print(sys.getrefcount(c))
with C() as e:
    print(sys.getrefcount(e))
print(sys.getrefcount(e))
for x in c:
    print(sys.getrefcount(c))
print(sys.getrefcount(c))
del x
print(sys.getrefcount(c), sys.getrefcount([*c][0]), sys.getrefcount(c))
print(sys.getrefcount(o if True else None), sys.getrefcount(o or 1), sys.getrefcount((o, 1)[0]), sys.getrefcount([o][0]), sys.getrefcount({"k": o}["k"]))
print(sys.getrefcount(max(o, o, key=id)), sys.getrefcount(next(iter([o]))), sys.getrefcount([o].pop()), sys.getrefcount({"k": o}.pop("k")), sys.getrefcount({"k": o}.get("k")))
(lambda: print(sys.getrefcount(o)))()
print(*[sys.getrefcount(o)])
