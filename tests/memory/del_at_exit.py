class D:
    def __init__(self, n):
        self.n = n

    def __del__(self):
        print("del", self.n)


a = D("a")
b = D("b")
_private = D("_private")
c = [D("in list 0"), D("in list 1")]
d = {"k": D("in dict")}


class Holder:
    def __init__(self):
        self.x = D("in holder")


h = Holder()
print("script ends")
