if (n := len("abc")) > 2:
    print(n)
print((x := 5) + x, x)
data = iter([1, 2, 3, 0, 4])
while (v := next(data)) != 0:
    print(v)
print([y for s in (1, 2, 3) if (y := s * 2) > 2], y)


def f(a, b=(c := 10)):
    return a + b


print(f(1), c)
print(f(z := 3), z)
print((lambda: (w := 1) + w)())
print({(k := "a"): (u := 1)}, k, u)
print(any((last := i) > 2 for i in range(5)), last)


def scope():
    [inner := i for i in range(3)]
    return inner


print(scope())
a = [b := 1, b + 1]
print(a, (t := 1, 2), t)
print(f"{(q := 7)} {q:=3}")
for text in ("x := 1", "(a.b := 1)", "(a[0] := 1)", "f(x := 1, y := 2)", "(x := 1) := 2", "lambda: x := 1",
             "[(i := 0) for i in range(2)]", "x = y := 1"):
    try:
        compile(text, "<s>", "exec")
        print("ok", text)
    except SyntaxError as e:
        print(text, "->", e.msg)
