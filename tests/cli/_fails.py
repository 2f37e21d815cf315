def f():
    raise ValueError("in a file")


f()
