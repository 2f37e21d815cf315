class D:
    def __init__(self, n):
        self.n = n

    def __del__(self):
        print("-", self.n)


def f():
    a = D("local of f")
    raise ValueError("v")


def g():
    b = D("local of g")
    f()


try:
    g()
except ValueError:
    print("handler without name")
print("after 1")
try:
    g()
except ValueError as e:
    print("handler with name")
print("after 2")
try:
    g()
except ValueError as e:
    kept = e
print("kept alive by the traceback")
kept.__traceback__ = None
print("traceback dropped")
del kept
try:
    raise ValueError(D("in args"))
except ValueError as e:
    print("args", e.args[0].n)
print("after 3")
try:
    try:
        g()
    except ValueError:
        raise KeyError("k")
except KeyError as k:
    print("context", type(k.__context__).__name__)
print("after 4")
try:
    try:
        g()
    finally:
        print("finally")
except ValueError:
    print("caught")
print("after 5")


def h():
    x = D("x of h")
    try:
        raise KeyError
    except KeyError as e:
        y = D("y of h")
        print("in handler")
    print("h ends")


h()
print("after 6")


def keeps(exc=[]):
    try:
        f()
    except ValueError as e:
        exc.append(e)
    return exc


lst = keeps()
print("kept in a list")
lst.clear()
print("end")
