def boom():
    raise RuntimeError("from a module")


boom()
