import gc, sys
saved = []


class Phoenix:
    def __init__(self, n):
        self.n = n

    def __del__(self):
        print("del", self.n)
        saved.append(self)


p = Phoenix("one")
del p
print("saved", saved[0].n, sys.getrefcount(saved[0]))
saved.clear()
print("not called a second time")
print(gc.is_finalized(Phoenix))


class Twice:
    lives = 2

    def __del__(self):
        self.lives -= 1
        print("lives", self.lives)
        if self.lives:
            globals()["again"] = self


t = Twice()
del t
print(again.lives, gc.is_finalized(again))
del again
print("gone without another call")


class InSlots:
    __slots__ = ("v",)

    def __del__(self):
        print("slots", self.v)
        globals()["back"] = self


s = InSlots()
s.v = 5
del s
print(back.v)
del back


def f():
    a = Phoenix("local")
    b = Phoenix("local2")


f()
print([o.n for o in saved])
saved.clear()
print("end")
