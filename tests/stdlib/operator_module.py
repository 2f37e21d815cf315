import operator as op
print(op.add(1, 2), op.sub(5, 3), op.mul(2, 3), op.truediv(7, 2), op.floordiv(7, 2), op.mod(7, 3), op.pow(2, 5), op.neg(3), op.pos(-3), op.abs(-2), op.invert(5), op.inv(0), op.lshift(1, 4), op.rshift(16, 2), op.and_(6, 3), op.or_(6, 3), op.xor(6, 3), op.index(5))
print(op.lt(1, 2), op.le(2, 2), op.eq(1, 1.0), op.ne(1, 2), op.gt(2, 1), op.ge(1, 2), op.not_(0), op.truth([]), op.is_(None, None), op.is_not(1, None), op.contains([1, 2], 2), op.countOf([1, 2, 1], 1), op.indexOf("abc", "c"), op.concat([1], [2]), op.length_hint([1, 2]), op.length_hint(iter([1])))
l = [1, 2, 3]
op.setitem(l, 0, 9)
op.delitem(l, 1)
print(l, op.getitem(l, 0), op.getitem("abc", slice(1, None)), op.iadd(l, [5]) is l, op.imul(l, 2) is l, l, op.iconcat([1], [2]), op.ior({1}, {2}), op.isub(5, 2), op.ipow(2, 3), op.iand(6, 3), op.itruediv(1, 2))
g = op.itemgetter(1)
print(g("abc"), op.itemgetter(0, 2)("abc"), op.itemgetter("k")({"k": 1}), op.itemgetter(slice(1))([1, 2]), repr(g), sorted([(1, "b"), (0, "a")], key=op.itemgetter(1)))


class C:
    def __init__(self):
        self.x, self.inner = 1, type("I", (), {"y": 2})()

    def m(self, a, b=0):
        return a + b


c = C()
print(op.attrgetter("x")(c), op.attrgetter("inner.y")(c), op.attrgetter("x", "inner.y")(c), op.methodcaller("m", 1, b=5)(c), op.methodcaller("upper")("abc"), repr(op.attrgetter("a.b", "c")), repr(op.methodcaller("m", 1, k=2)), op.call(len, "abc"))
for f in (lambda: op.itemgetter(), lambda: op.attrgetter(), lambda: op.attrgetter(5), lambda: op.methodcaller(), lambda: op.indexOf([1], 2), lambda: op.add(1), lambda: op.add(1, "a"), lambda: op.itemgetter(5)("a"), lambda: op.attrgetter("zz")(c), lambda: op.concat(1, 2), lambda: op.index(1.5), lambda: op.matmul(1, 2), lambda: op.length_hint(5, "a")):
    try:
        print(f())
    except (TypeError, ValueError, IndexError, AttributeError) as e:
        print(type(e).__name__, e)
print(op.__add__ is op.add, op.length_hint(5), sorted(n for n in dir(op) if not n.startswith("_")))
