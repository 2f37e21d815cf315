class D:
    def __init__(self, n):
        self.n = n
        self.me = self

    def __del__(self):
        print("del", self.n)


a = D("cycle a")
b = D("cycle b")
del a
print("script ends")
