def a():
    raise KeyError("a")


def b():
    try:
        a()
    except KeyError:
        raise TypeError("b")


def c():
    try:
        b()
    except TypeError as e:
        raise RuntimeError("c") from e


c()
