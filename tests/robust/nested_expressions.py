# stress: skip
# expect: own
# How deep is too deep may differ: what matters is an answer, and no crash.
def attempt(name, text, mode="eval"):
    try:
        compile(text, "<s>", mode)
        print(name, "answered")
    except (SyntaxError, MemoryError, RecursionError) as e:
        print(name, "answered")


n = 100000
attempt("not", "not " * n + "1")
attempt("minus", "-" * n + "1")
attempt("plus chain", "1" + "+1" * n)
attempt("attribute chain", "a" + ".b" * n)
attempt("call chain", "a" + "()" * n)
attempt("index chain", "a" + "[0]" * n)
attempt("power", "2" + "**2" * n)
attempt("compare", "1" + "<1" * n)
attempt("bool", "1" + " and 1" * n)
attempt("ternary", "1 if 1 else " * n + "1")
attempt("lambda", "lambda: " * n + "1")
attempt("comma", "1," * n)
attempt("star", "*" * n)
attempt("if", "".join(" " * i + "if 1:\n" for i in range(150)) + " " * 150 + "pass", "exec")
attempt("many lines", "x = 1\n" * n, "exec")
attempt("elif", "if 0: pass\n" + "elif 0: pass\n" * 20000, "exec")
attempt("long name", "a" * n)
attempt("long string", "'" + "a" * 10 * n + "'")
attempt("long number", "1" * 4000)
attempt("backslashes", "\\\n" * 1000 + "1")
attempt("nested f-string", "f'{" * 200 + "1" + "}'" * 200)
attempt("decorators", "@a\n" * 10000 + "def f(): pass\n", "exec")
attempt("dots", "." * n)
attempt("semicolons", ";" * n, "exec")
attempt("else less", "else\n" * 1000, "exec")
print("alive")
