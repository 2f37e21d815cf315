# expect: err
import weakref


class C:
    pass


def bad(r):
    raise ValueError("in callback")


c = C()
r = weakref.ref(c, bad)
del c
print("goes on", r())
