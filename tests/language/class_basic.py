class Point:
    """A point."""
    dims = 2

    def __init__(self, x, y=0):
        self.x = x
        self.y = y

    def norm(self):
        return self.x ** 2 + self.y ** 2

    def __repr__(self):
        return f"Point({self.x}, {self.y})"

    def __eq__(self, other):
        if not isinstance(other, Point):
            return NotImplemented
        return (self.x, self.y) == (other.x, other.y)

    def __hash__(self):
        return hash((self.x, self.y))


p = Point(3, 4)
print(p, p.norm(), p.dims, Point.dims, p.__dict__, Point.__doc__, Point.__name__, Point.__module__)
print(p == Point(3, 4), p != Point(3, 4), p == 5, p in {Point(3, 4)})
p.dims = 3
print(p.dims, Point.dims)
del p.dims
print(p.dims)
try:
    del p.dims
except AttributeError as e:
    print(e)
try:
    p.z
except AttributeError as e:
    print(e)
try:
    Point.zz
except AttributeError as e:
    print(e)
print(Point.norm(p), p.norm.__self__ is p, p.norm.__func__ is Point.norm)
print(type(p) is Point, isinstance(p, object), p.__class__)
try:
    Point()
except TypeError as e:
    print(e)
try:
    Point(1, 2, 3)
except TypeError as e:
    print(e)


class Empty:
    pass


e = Empty()
e.anything = 1
e.other = [2]
print(vars(e), sorted(vars(e)))
try:
    Empty(1)
except TypeError as err:
    print(err)


class BadInit:
    def __init__(self):
        return 5


try:
    BadInit()
except TypeError as err:
    print(err)
