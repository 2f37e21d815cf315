import _cycle_a
saw = (_cycle_a.early, hasattr(_cycle_a, "done"))
try:
    from _cycle_a import done
except ImportError as e:
    saw += (str(e).split(" (")[0],)
try:
    _cycle_a.done
except AttributeError as e:
    saw += (str(e).split(" (")[0],)
done = "b done"
