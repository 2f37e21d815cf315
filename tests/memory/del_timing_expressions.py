class D:
    def __init__(self, n):
        self.n = n

    def __del__(self):
        print("-", self.n)

    def __add__(self, o):
        return D(f"({self.n}+{o.n})")

    def m(self):
        print("m", self.n)
        return self

    def __bool__(self):
        return True

    def __enter__(self):
        return self

    def __exit__(self, *a):
        print("exit", self.n)


D("temp")
print("after temp")
D("chain").m().m()
print("after chain")
x = D("a") + D("b") + D("c")
print("sum", x.n)
del x
D("l") and D("r")
print("after and")
D("l") or D("r")
print("after or")
[D(0), D(1), D(2)]
print("after list")
(D(0), D(1))
print("after tuple")
{"a": D("v1"), D("k2").n: D("v2")}
print("after dict")
[D(i) for i in range(2)]
print("after comp")
[D(i) for i in range(3)][1]
print("after index")
D("attr").n
print("after attr")
if D("cond"):
    print("in if")
len([D("in len")])
print("after len")
print(D("arg").n, "printed")
with D("ctx"):
    print("in with")
print("after with")
with D("ctx2") as c:
    pass
print("c alive", c.n)
del c
a, b = D("u1"), D("u2")
a, b = b, a
print("swapped")
a = b = None
f"{D('fstr').n}"
print("after fstring")
D("x") if D("t") else D("y")
print("after ternary")
(lambda p: None)(D("lam"))
print("after lambda")
not D("n")
D("cmp") is None
print("after compare")
D("walrus") and (w := D("w"))
del w
print("end")
