print(len([1]))
len = lambda x: "shadowed"
print(len([1]))
del len
print(len([1]))


def f():
    try:
        return max(1, 2)
    except UnboundLocalError as e:
        return str(e)
    max = 5


print(f())
import builtins
builtins.injected = "everywhere"
print(injected)
del builtins.injected
try:
    injected
except NameError as e:
    print(e)
try:
    prin
except NameError as e:
    print(e)
exec("a = 1\nb = a + 1")
print(a, b, eval("a + b"), eval("x * 2", {"x": 21}), eval("x + y", {"x": 1}, {"y": 2}))
ns = {}
exec("def g(): return z\nz = 9", ns)
print(ns["g"](), sorted(k for k in ns if k != "__builtins__"))
code = compile("q = 5\nq * 2", "<c>", "exec")
exec(code)
print(q, eval(compile("q * 3", "<c>", "eval")))


def locs(a):
    b = 2
    return sorted(locals().items())


print(locs(1), sorted(vars(type("T", (), {"k": 1})).keys() & {"k"}))
globals()["dyn"] = "made"
print(dyn)


def closure():
    v = 1
    def inner():
        return eval("v", {"v": "global"}), v
    return inner()


print(closure())
try:
    eval("a b")
except SyntaxError as e:
    print(e.msg)
try:
    eval("x = 1")
except SyntaxError as e:
    print(e.msg)
print(eval("  1 + 1"), eval("[\n1,\n2]"))
