class CM:
    def __init__(self, name, swallow=False):
        self.name, self.swallow = name, swallow

    def __enter__(self):
        print("enter", self.name)
        return self.name.upper()

    def __exit__(self, t, v, tb):
        print("exit", self.name, t and t.__name__, v, tb is not None)
        return self.swallow


with CM("a") as x:
    print("body", x)
with CM("a") as x, CM("b") as y:
    print(x, y)
with (CM("p"), CM("q") as q,):
    print(q)
with CM("s", True):
    raise ValueError("swallowed")
print("after")
try:
    with CM("outer") as o, CM("inner"):
        raise KeyError("k")
except KeyError as e:
    print("escaped", e)


def ret():
    with CM("r"):
        return "value"


print(ret())
for i in range(3):
    with CM(str(i)):
        if i == 0:
            continue
        break
for bad in (5, object()):
    try:
        with bad:
            pass
    except TypeError as e:
        print(e)


class NoExit:
    def __enter__(self):
        pass


try:
    with NoExit():
        pass
except TypeError as e:
    print(e)


class Raises(CM):
    def __exit__(self, *a):
        raise TypeError("from exit")


try:
    with Raises("x"):
        raise ValueError("first")
except TypeError as e:
    print(e, repr(e.__context__))


class EnterFails(CM):
    def __enter__(self):
        raise OSError("enter")


try:
    with CM("first"), EnterFails("second"):
        print("never")
except OSError as e:
    print(e)
with CM("t") as (a), CM("u") as [b]:
    print(a, b)
d = {}
with CM("k") as d["key"]:
    print(d)
c = CM("inst")
c.__enter__ = lambda: "ignored"
with c as v:
    print(v)
