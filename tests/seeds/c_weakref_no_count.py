# A weak reference does not raise the count.
import sys
import weakref


class Data:
    pass


d = Data()
before = sys.getrefcount(d)
r = weakref.ref(d)
print(sys.getrefcount(d) - before, r() is d)
del d
print(r())
