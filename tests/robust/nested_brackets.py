for op, cl in ("()", "[]", "{}"):
    for n in (50, 10000):
        try:
            eval(op * n + cl * n)
            print(op, n, "fine")
        except (SyntaxError, MemoryError, RecursionError, TypeError) as e:
            print(op, n, type(e).__name__)
for text in ("(" * 10000, "[" * 10000, "{" * 10000, "f(" * 10000, ")" * 10000):
    try:
        compile(text, "<s>", "exec")
    except SyntaxError as e:
        print("SyntaxError", e.msg)
print("alive")
