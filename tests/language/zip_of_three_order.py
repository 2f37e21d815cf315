# What the tuple of a zip and the targets held goes in the order of the targets.


class D:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("gone", self.name)


def walk():
    one = [D(f"a{i}") for i in range(5)]
    other = [D(f"b{i}") for i in range(5)]
    last = [D(f"c{i}") for i in range(5)]
    kept = one[:]
    step = 0
    for a, b, c in zip(one, other, last):
        a = c
        c = None
        one[step] = other[step] = last[step] = None
        step += 1
        print("step", step, len(kept))


walk()
walk()
