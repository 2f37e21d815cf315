import gc
print(sorted(n for n in dir(gc) if not n.startswith("_")))
print(gc.__name__, type(gc.collect).__name__, gc.collect.__name__)
for fn, args in ((gc.is_tracked, ()), (gc.is_finalized, ()), (gc.enable, (1,)), (gc.get_threshold, (1,)), (gc.get_count, (1,)), (gc.freeze, (1,))):
    try:
        fn(*args)
    except TypeError as e:
        print(e)
print(gc.is_finalized([]), gc.is_finalized(5), gc.garbage, gc.callbacks)
