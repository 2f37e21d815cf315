# Typed line by line each input is a code object of its own, so the article is right there.
for line in ("a = 100", "b = 100", "print(a is b)", "x = 1000", "y = 1000", "print(x is y)"):
    exec(compile(line, "<stdin>", "single"))
