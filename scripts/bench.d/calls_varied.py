"""Calls of every shape: positional, keyword, star, methods, class methods, builtins, __call__."""


def star(*args):
    return len(args)


def both(a, *args, k=1, **kwargs):
    return a + len(args) + k + len(kwargs)


class C:
    base = 3

    def __init__(self, n):
        self.n = n

    def method(self, x):
        return self.n + x

    @classmethod
    def make(cls, n):
        return cls(n)

    @staticmethod
    def plain(x):
        return x + 1

    def __call__(self, x):
        return self.n * x

    def __len__(self):
        return self.n

    def __getitem__(self, i):
        return self.n + i


class D(C):
    def method(self, x):
        return super().method(x) * 2


c, d = C(2), D(3)
bound = c.method
pair = (1, 2)
total = 0
for i in range(450000):
    total += star(i, i, i) + both(i, 1, 2, k=3, z=4) + star(*pair)
    total += c.method(i) + d.method(i) + bound(i) + C.plain(i) + c(i) + len(c) + c[i]
    total += C.make(i).n + abs(-i) + max(i, 5) + isinstance(c, C) + min(pair)
print(total)
