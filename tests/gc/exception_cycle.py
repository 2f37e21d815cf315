import gc
gc.disable()
gc.collect()


class D:
    def __del__(self):
        print("freed")


def f():
    d = D()
    try:
        raise ValueError
    except ValueError as e:
        keep = e


f()
print("the frame and the exception form a cycle")
print(gc.collect() > 0)


def g():
    d = D()
    try:
        raise ValueError
    except ValueError as e:
        pass


g()
print("no cycle: e is deleted at the end of the handler")
print(gc.collect())


def h():
    d = D()
    try:
        raise ValueError
    except ValueError as e:
        keep = e
    keep = None


h()
print(gc.collect())
