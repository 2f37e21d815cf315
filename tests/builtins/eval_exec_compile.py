print(eval("1 + 2"), eval("x", {"x": 5}), eval("[i for i in range(3)]"), eval("(lambda: 7)()"), eval(" \t1"))
g = {}
exec("a = 1\ndef f(): return a + 1", g)
print(g["a"], g["f"](), "__builtins__" in g, sorted(k for k in g if k[0] != "_"))
l = {}
exec("b = 2\nc = b", {}, l)
print(l)
c = compile("1 + 1", "<here>", "eval")
print(eval(c), c.co_filename, c.co_name, type(c).__name__)
exec(compile("for i in range(2): print('loop', i)", "<x>", "exec"))
exec(compile("3 + 4", "<single>", "single"))
exec(compile("None", "<single>", "single"))
exec(compile("'text'; [1]", "<single>", "single"))
x = 10


def f():
    x = 20
    return eval("x"), eval("x", globals()), eval("x", {"x": 30}), [eval("x") for _ in range(1)]


print(f())


def g2():
    y = 1
    exec("y = 2")
    return y, locals()["y"]


print(g2())


class Map(dict):
    def __missing__(self, k):
        return k.upper()


print(eval("foo + bar", {}, Map()))
for fn in (lambda: eval("1 +"), lambda: eval(""), lambda: eval("a = 1"), lambda: eval(5), lambda: exec(5), lambda: eval("1", 5), lambda: compile("1", "f", "bad"), lambda: eval("nope"), lambda: exec("1/0"), lambda: compile(5, "f", "exec"), lambda: eval("1", {}, 5), lambda: compile("1", "f"), lambda: compile("a b", "f", "single"), lambda: eval("x\ny"), lambda: compile("1\n2", "f", "single"), lambda: exec("return 1"), lambda: exec("yield"), lambda: exec("break"), lambda: exec("continue"), lambda: eval("\x00"), lambda: exec("  x = 1"), lambda: exec("if 1:\nx"), lambda: exec("def f(a, a): pass"), lambda: exec("await x"), lambda: exec(compile("q = 1", "f", "eval"))):
    try:
        print(fn())
    except (SyntaxError, TypeError, ValueError, NameError, ZeroDivisionError) as e:
        print(type(e).__name__, e.msg if isinstance(e, SyntaxError) else e)
exec(b"print('bytes source')")
exec("print(__name__)")
exec("print('__name__' in globals())", {})
