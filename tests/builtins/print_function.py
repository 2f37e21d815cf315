import sys
print()
print(1, "a", None, 2.5, [1], sep="-", end="!\n")
print("no newline", end="")
print(" then", "more", sep="")
print(*range(5), sep=", ")
print("a", "b", sep="\n")
print("x", file=sys.stdout, flush=True)
print("to stderr", file=sys.stderr)
print("é", "日本", "😀")
print(sep="x")
print("a", sep=None, end=None)


class W:
    def __init__(self):
        self.parts = []

    def write(self, s):
        self.parts.append(s)


w = W()
print(1, 2, sep=":", file=w)
print(w.parts)
for f in (lambda: print(sep=5), lambda: print(end=5), lambda: print(foo=1), lambda: print(1, file=5), lambda: print(1, sep=b"x")):
    try:
        f()
    except (TypeError, AttributeError) as e:
        print(type(e).__name__, e)
print(print("inner"))
sys.stdout.write("written\n")
print(sys.stdout.write("count\n"))
sys.stdout.flush()
old = sys.stdout
sys.stdout = w
print("captured")
sys.stdout = old
print(w.parts[-2:])
print(0, file=None)
print(sys.stdout.isatty(), sys.stdin is sys.__stdin__, sys.stdout.name, sys.stdout.encoding, sys.stdout.writable())
