def t(x):
    print("t", end="")
    return x


print(t(0) or t(2), t(1) and t(0), t(0) and t(1), t("") or t(None), t(1) or t(5))
print(not 0, not 1, not "", not [], not [0], not None, not {}, not set())
print(1 if t(True) else 2, 1 if t(0) else t(2))


class B:
    def __init__(self, v):
        self.v = v

    def __bool__(self):
        print("bool", self.v)
        return self.v


class L:
    def __len__(self):
        return 0


print(bool(B(True)), not B(False), B(True) and 5, bool(L()), bool(object()))
if B(True) and not B(False):
    print("yes")
while B(False):
    pass
else:
    print("while else")
for bad in (B(1), B("x"), B(None)):
    try:
        bool(bad)
    except TypeError as e:
        print(e)


class N:
    def __len__(self):
        return -1


try:
    bool(N())
except ValueError as e:
    print(e)


class M:
    def __len__(self):
        return "x"


try:
    len(M())
except TypeError as e:
    print(e)
print(True + True, True == 1, isinstance(True, int), True & False, True | 2, ~True if False else "-", True ^ True)
x = 5
print(x > 3 and x < 10, 3 < x < 10, not x == 5, (x == 5) is True)
assert x == 5, "not shown"
try:
    assert x == 6, f"x is {x}"
except AssertionError as e:
    print(repr(e))
try:
    assert not x
except AssertionError as e:
    print(repr(e))
