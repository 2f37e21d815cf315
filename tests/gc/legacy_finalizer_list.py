import gc
gc.disable()
gc.collect()


class C:
    def __del__(self):
        print("del")


a, b = C(), C()
a.o, b.o = b, a
del a, b
print(gc.collect(), gc.garbage)


def g():
    try:
        me = yield
        yield
    finally:
        print("generator finally")


x = g()
next(x)
x.send(x)
del x
print(gc.collect() > 0, gc.garbage)


def h():
    with_me = yield
    try:
        yield
    except GeneratorExit:
        print("GeneratorExit")
        raise


y = h()
next(y)
y.send([y])
del y
print(gc.collect() > 0)
