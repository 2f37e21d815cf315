x = 1
del x
try:
    x
except NameError as e:
    print(e)
a, b, c = 1, 2, 3
del a, (b, [c])
print([n for n in "abc" if n in globals()])
l = list(range(10))
del l[0], l[-1]
del l[1:3]
del l[::2]
print(l)
d = {"a": 1, "b": 2}
del d["a"]
print(d)


class O:
    pass


o = O()
o.p = 1
del o.p
print(hasattr(o, "p"))
for text in ("del q", "del d['zz']", "del l[100]", "del o.p", "del (1).real", "del 'abc'[0]", "del (1, 2)[0]", "del len.__name__", "del int.real"):
    try:
        exec(text)
    except Exception as e:
        print(text, "->", type(e).__name__, e)


def f():
    v = 1
    del v
    try:
        v
    except UnboundLocalError as e:
        print(e)
    try:
        del v
    except UnboundLocalError as e:
        print(e)
    v = 2
    return v


print(f())
for text in ("del 1", "del f()", "del x + 1", "del (a, 1)", "del *a", "del", "del None", "del a if b else c", "del 'x'"):
    try:
        compile(text, "<d>", "exec")
        print("ok", text)
    except SyntaxError as e:
        print(text, "->", e.msg)
del ()
del []
