"""Instances with nearly as many members as there can be, and room for attributes besides."""

C = type("C", (), {"__slots__": tuple(f"s{i}" for i in range(65532))})


class D(C):
    pass


o = D()
o.s5 = 1
o.s65531 = 2
for i in range(200):
    setattr(o, f"q{i}", i)
print(o.s5, o.s65531, sum(vars(o).values()))


class Counter:
    n = 0

    def __iter__(self):
        return self

    def __next__(self):
        self.n += 1
        return self.n


def choose(x):
    if x == 3:
        del Counter.__next__
    return x


try:
    list(filter(choose, Counter()))
except TypeError as error:
    print(type(error).__name__)
