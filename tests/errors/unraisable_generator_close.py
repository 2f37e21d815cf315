def g():
    try:
        yield 1
    finally:
        raise ValueError("closing")


x = g()
next(x)
del x
print("goes on")
