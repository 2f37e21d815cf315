import gc
print(gc.get_threshold())
gc.set_threshold(500, 5, 3)
print(gc.get_threshold())
gc.set_threshold(700)
print(gc.get_threshold())
gc.set_threshold(0)
print(gc.get_threshold())
gc.set_threshold(10, 20)
print(gc.get_threshold())
gc.set_threshold(2000, 10, 10)
for args in ((), ("x",), (1, 2, 3, 4), (1, None), (1.5,)):
    try:
        gc.set_threshold(*args)
    except TypeError as e:
        print(args, e)
print(gc.get_threshold())
print(gc.isenabled())
gc.disable()
print(gc.isenabled())
gc.enable()
print(gc.isenabled())
print(gc.disable(), gc.enable(), gc.set_threshold(2000))
