def gen():
    yield 1
    raise ValueError("in generator")


def outer():
    yield from gen()


for x in outer():
    print(x)
