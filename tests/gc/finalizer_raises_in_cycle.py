# expect: err
import gc
gc.disable()


class C:
    def __init__(self, n):
        self.n = n
        self.me = self

    def __del__(self):
        print("del", self.n)
        raise ValueError(self.n)


for i in range(3):
    C(i)
print(gc.collect())
print("end")
