class T:
    def __init__(self):
        self._v = 0

    @property
    def v(self):
        "the v"
        print("get")
        return self._v

    @v.setter
    def v(self, new):
        print("set", new)
        self._v = new

    @v.deleter
    def v(self):
        print("del")
        del self._v

    @property
    def ro(self):
        return 1


t = T()
t.v = 5
print(t.v)
t.v += 1
print(t._v)
del t.v
print(hasattr(t, "_v"))
for action in (lambda: setattr(t, "ro", 2), lambda: delattr(t, "ro"), lambda: t.v):
    try:
        action()
    except AttributeError as e:
        print(e)
print(T.v.__doc__, type(T.v).__name__, T.v.fget.__name__, T.ro.fset)
print(T.__dict__["ro"].__get__(t, T))
p = property(lambda s: 42, doc="made")
T.made = p
print(t.made, T.made.__doc__, T.made is p)
t.__dict__["ro"] = 99
print(t.ro)


class Sub(T):
    @T.v.getter
    def v(self):
        return "sub v"


s = Sub()
print(s.v)
s.v = 3
print(s._v)
