"""A class names at most 65,000 members in `__slots__`, those of its bases included."""


def members(count, *bases):
    return type("C", bases, {"__slots__": tuple(f"s{len(bases)}_{i}" for i in range(count))})


C = members(65000)


class D(C):
    pass


o = D()
o.s0_0 = 1
o.s0_64999 = 2
for i in range(200):
    setattr(o, f"q{i}", i)
print(o.s0_0, o.s0_64999, sum(vars(o).values()))
for count, bases in ((65001, ()), (70000, ()), (1, (C,))):
    try:
        members(count, *bases)
    except TypeError as error:
        print(error)
