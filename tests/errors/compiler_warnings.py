# What the compiler warns about before a program runs.
x = None


def f():
    print(x is 1, x is not "a", 1.5 is x, x is (), x is (1, 2), x is -1, x is None, x is ..., 1 < 2 is x)
    if x is 5 or not x is 6 or not (x is b"y"):
        pass


def g():
    return [1, 2] (3), {1: 2} (), "text" (1), f"{x}" (), (1, x) (), (lambda: 1)(), 5 (), None (), [i for i in ()] ()


def h():
    return {1, 2} [0], 5 [0], 1.5 [0], None [0], (i for i in ()) [0], (lambda: 1) [0], ... [0]


def i():
    return [1, 2] ["a"], "abc" [1.5], (1, x) [None], b"abc" [(1, 2)], f"{x}" [x, x], [1] [{}], [1] [x], [1] [0:1], [1] [True]


def j():
    assert (x, "message")
    assert ()
    assert (x)
    assert (1, 2), "message"


f()
