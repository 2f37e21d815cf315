"""How many references an exception and its subclasses' `__init__` see, with keywords and without."""
import sys


class Failure(Exception):
    def __init__(self, code, detail=None, **more):
        self.seen = sys.getrefcount(self)


print([Failure(1).seen for _ in range(3)])
print([Failure(1, 2).seen for _ in range(3)])
print([Failure(1, detail=2).seen for _ in range(3)])
print([Failure(code=1).seen for _ in range(3)])
print([Failure(1, detail=2, other=3).seen for _ in range(3)])
