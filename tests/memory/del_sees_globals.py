class D:
    def __del__(self):
        print("name:", globals().get("name", "gone"), state)


name = "present"
state = [1]
d = D()
del d
d = D()
del name
d = None


class Deleter:
    def __del__(self):
        globals().pop("victim", None)
        print("victim removed")


victim = Deleter()
other = Deleter()
del other
print("victim" in globals())


class Creates:
    def __del__(self):
        global made
        made = [1, 2]


Creates()
print(made)


class Chain:
    def __init__(self, nxt):
        self.nxt = nxt

    def __del__(self):
        print("chain", self.nxt is not None)


c = Chain(Chain(Chain(None)))
del c


class Calls:
    def __del__(self):
        def inner(n):
            return n if n == 0 else inner(n - 1)
        print("inner", inner(10), [i for i in range(3)])


Calls()
print("end")
