class A:
    pass


a = A()
a.__class__ = type("B", (A,), {})
print(type(a).__name__)
for code in ("a.__class__ = int", "a.__dict__ = 5", "A.__bases__ = (int,)", "A.__mro__ = ()", "A.__dict__ = {}", "del A.__name__", "a.__class__ = 5", "int.__class__ = A", "del a.__class__", "A.__name__ = None", "A.__init__.__doc__ = 5", "(lambda: 0).__code__ = 5", "A.__subclasses__(5)", "type.mro()", "A.__new__(int)", "type('X', (A, A), {})", "super(5)", "super(A, 5)", "object.__setattr__(5, 'x', 1)", "object.__getattribute__(a)", "type.__call__()", "int.__add__('a', 1)", "list.append(5, 1)", "str.join(5, [])", "dict.get({})", "A.__call__(a)", "object.__new__(A, 1)", "a.__init__(1)", "property().__get__(a)", "A.__dict__['__dict__'].__get__(5)"):
    try:
        print(code, eval(code) if "=" not in code and "del" not in code else exec(code))
    except (TypeError, AttributeError) as e:
        print(code, "->", type(e).__name__, e)
a.__dict__ = {"replaced": 1}
print(a.replaced, vars(a))
d = a.__dict__
d[5] = "int key"
print(vars(a))
del a
print(d)
class Evil:
    def __getattribute__(self, n):
        raise ValueError(n)


try:
    Evil().x
except ValueError as e:
    print("ValueError", e)
try:
    isinstance(Evil(), int)
except ValueError as e:
    print("ValueError", e)
print(type(Evil()).__name__)
