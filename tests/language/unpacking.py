a, b = 1, 2
a, b = b, a
print(a, b)
(a, b), c = [1, 2], 3
[a, [b, *c]] = "x", "yzw"
print(a, b, c)
*a, b = range(4)
print(a, b)
a, *b, c = "hello"
print(a, b, c)
a, *b = [1]
print(a, b)
*a, = "ab"
print(a)
x = y = z = []
print(x is y is z)
i, lst = 0, [5, 6, 7]
i, lst[i] = 1, 99
print(i, lst)
i, lst[i] = 2, 77
print(lst)
print([*range(3), *"ab"], (*[1], 2), {*[1], 2} == {1, 2}, {**{"a": 1}, "b": 2, **{"a": 3}})


def f():
    return 1, *[2, 3]


print(f())
for text in ("a, b = 1", "a, b = [1]", "a, b = 1, 2, 3", "a, *b, c = [1]", "a, b = 'x'", "(a, b), c = 1, 2",
             "a, b = {}", "a, = 1, 2", "[a] = ()", "a, b, c = 'ab'", "a, b = range(10)", "a, b = iter(range(10))"):
    try:
        exec(text)
    except (TypeError, ValueError) as e:
        print(text, "->", type(e).__name__, e)


def gen():
    print("one")
    yield 1
    print("two")
    yield 2
    print("end")


a, b = gen()
d = {"x": 1, "y": 2}
k1, k2 = d
print(k1, k2)
(k, v), *rest = d.items()
print(k, v, rest)
print(*[1, 2], *(3,), sep="|")


class A:
    pass


o = A()
o.p, o.q = 1, 2
(o.p), o.r = o.q, o.p
print(vars(o))
a = b = c = 5
a, b = b, a = 1, 2
print(a, b)
