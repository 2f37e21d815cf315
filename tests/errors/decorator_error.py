def deco(f):
    raise TypeError("decorating " + f.__name__)


@deco
def g():
    pass
