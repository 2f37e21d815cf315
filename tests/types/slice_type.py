s = slice(1, 10, 2)
print(s, s.start, s.stop, s.step, slice(5), slice(None), slice(1, 2), s == slice(1, 10, 2), s != slice(1), repr(slice("a", [1])))
print(s.indices(5), slice(None).indices(5), slice(None, None, -1).indices(5), slice(-3, None).indices(5), slice(100, -100, -1).indices(3), slice(2, 1).indices(5), slice(-1, -5, -1).indices(3))
print([0, 1, 2, 3][slice(1, 3)], "hello"[slice(None, None, -1)], hash(slice(1, 2)) == hash(slice(1, 2)), slice(1) < slice(2))


class G:
    def __getitem__(self, k):
        return k


g = G()
print(g[1:2], g[::], g[1:2, 3], g[:, ..., None], g["a":"b"], g[()], g[1,], g[*[1, 2]], g[-1:])
for f in (lambda: slice(), lambda: slice(1, 2, 3, 4), lambda: slice(1, 2, 0).indices(5), lambda: slice(None).indices(-1), lambda: [1][slice("a", None)], lambda: setattr(s, "start", 5), lambda: slice(1.5).indices(3), lambda: hash(slice([], 1))):
    try:
        print(f())
    except (TypeError, ValueError, AttributeError) as e:
        print(type(e).__name__, e)
