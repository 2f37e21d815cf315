class Log:
    def __init__(self):
        object.__setattr__(self, "data", {})

    def __getattr__(self, name):
        print("getattr", name)
        if name.startswith("no"):
            raise AttributeError(name)
        return name * 2

    def __setattr__(self, name, value):
        print("setattr", name, value)
        self.data[name] = value

    def __delattr__(self, name):
        print("delattr", name)


o = Log()
o.a = 1
print(o.data, o.xy)
del o.q
print(hasattr(o, "nothing"), getattr(o, "nope", "default"))


class All:
    x = 1

    def __getattribute__(self, name):
        if name == "secret":
            raise AttributeError("hidden")
        if name.startswith("z"):
            return "zed"
        return super().__getattribute__(name)

    def __getattr__(self, name):
        return "fallback " + name


a = All()
print(a.x, a.secret, a.zzz, a.unknown)


class Dir:
    def __dir__(self):
        return ["b", "a"]


print(dir(Dir()))


class Call:
    def __call__(self, *a, **k):
        return a, k


c = Call()
print(c(1, b=2), callable(c), callable(Dir()))
c.__call__ = lambda: "instance"
print(c())
try:
    Dir()()
except TypeError as e:
    print(e)


class New:
    def __new__(cls, v):
        print("new", v)
        if v < 0:
            return "negative"
        return super().__new__(cls)

    def __init__(self, v):
        print("init", v)


print(New(-1))
New(1)
o2 = object.__new__(New)
o2.__class__ = All
print(type(o2).__name__, o2.x)
