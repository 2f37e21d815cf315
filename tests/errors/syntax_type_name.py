def f():
    value = type int
    return value
