"""A filter whose iterator's class changes while it runs."""


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
