# stress: skip
import gc


class D:
    depth = 0

    def __del__(self):
        D.depth += 1
        gc.collect()
        if D.depth < 50:
            D()


D()
print(D.depth)


class Cyc:
    n = 0

    def __init__(self):
        self.me = self

    def __del__(self):
        Cyc.n += 1
        gc.collect()
        if Cyc.n < 20:
            Cyc()


Cyc()
for _ in range(25):
    gc.collect()
print(Cyc.n)


class Deep:
    def __del__(self):
        def f(n):
            return f(n + 1)
        try:
            f(0)
        except RecursionError as e:
            print("in del:", e)


Deep()


def near_limit(n):
    try:
        return near_limit(n + 1)
    except RecursionError:
        x = Deep
        return n


print(near_limit(0) > 500)


class Alloc:
    def __del__(self):
        self.big = [[i] for i in range(10000)]


for _ in range(20):
    Alloc()
print("done")
