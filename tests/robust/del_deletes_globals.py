class D:
    def __del__(self):
        for name in list(globals()):
            if not name.startswith("__") and name != "survivor":
                del globals()[name]


survivor = "still here"
a, b, c = 1, 2, D()
del c
print(survivor, [n for n in globals() if not n.startswith("__")])
try:
    a
except NameError as e:
    print(e)


class Builtins:
    def __del__(self):
        import builtins
        print("modules still work", builtins.len([1]))


x = Builtins()
x = None


class SelfDelete:
    def __del__(self):
        global y
        y = "rebound in del"


y = SelfDelete()
y = "assigned"
print(y)
y = SelfDelete()
del y
print(y)
