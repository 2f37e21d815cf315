from collections import namedtuple
P = namedtuple("P", ["x", "y"])
p = P(1, y=2)
print(p, p.x, p[1], p._asdict(), p._replace(x=5), P._fields, P._make([3, 4]), len(p), p == (1, 2), hash(p) == hash((1, 2)), *p)
x, y = p
print(x, y, isinstance(p, tuple), P.__name__, P.__doc__, P.x.__doc__, repr(P(x="a", y=None)), p + (3,), p < P(1, 3), max(p))
Q = namedtuple("Q", "a b c", defaults=[2, 3])
print(Q(1), Q(1, 5), Q._field_defaults, namedtuple("R", "a, b")(1, 2), namedtuple("Empty", "")())
print(namedtuple("N", "class a a", rename=True)._fields)


class Point(namedtuple("Point", "x y")):
    __slots__ = ()

    @property
    def norm(self):
        return self.x ** 2 + self.y ** 2


print(Point(3, 4), Point(3, 4).norm, Point(1, 2)._replace(y=9))
for f in (lambda: P(1), lambda: P(1, 2, 3), lambda: P(1, z=2), lambda: setattr(p, "x", 1), lambda: p._replace(q=1), lambda: namedtuple("X", "a a"), lambda: namedtuple("X", "class"), lambda: namedtuple("X", "_a"), lambda: namedtuple("1X", "a"), lambda: P._make([1]), lambda: p.z, lambda: namedtuple("X", "a", defaults=[1, 2]), lambda: namedtuple("X", ["1"])):
    try:
        print(f())
    except (TypeError, ValueError, AttributeError) as e:
        print(type(e).__name__, e)
