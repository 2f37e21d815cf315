def ret(a, *b):
    return *b, a


def gen():
    x = yield *[1, 2], 3
    yield x


class G:
    def __getitem__(self, k):
        return k

    def __setitem__(self, k, v):
        print("set", k, v)


g = G()
t = (1, 2)
print(ret(1, 2, 3), next(gen()), g[*t], g[0, *t], g[*t, 1:2])
g[*t] = 5
for x in *t, 3:
    print(x, end=" ")
print()
print([*t, *[3]], {*t}, (*t,), *t, *"ab")
a, *b = *t, 3, 4
print(a, b)
*a, = t
print(a)
print({**{}, **{"a": 1}}, dict(**{"x": 1}, y=2), [*{1: 2}], [*range(3), *()])
x = *t,
print(x)
print(max(*t, 5), (lambda *a: a)(*t, *t), "{} {}".format(*t))
for code in ("*t", "x = *t", "print(*)", "[*]", "f(**)", "(*t)", "del *t", "*t = 1", "*a, *b = t", "f(*t for t in x)", "f(x for x in t, 1)", "f(**{}, *t)", "a, b += 1, 2", "[x, y] += 1"):
    try:
        compile(code, "<s>", "exec")
        print(code, "-> ok")
    except SyntaxError as e:
        print(code, "->", e.msg)
