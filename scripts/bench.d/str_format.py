"""Formatting: f-strings with specs, %, str.format, repr and back."""

total = 0
check = 0
for i in range(240000):
    x = i / 7
    a = f"{i:06d}|{x:10.3f}|{i:x}|{'name':>8}"
    b = "%05d %-8s %.2f" % (i, "abc", x)
    c = "{} {:>5} {!r}".format(i, "z", x)
    d = repr(x)
    total += len(a) + len(b) + len(c)
    check += int(a[:6]) - int(b[:5] if i < 100000 else "0") + (float(d) == x)
print(total, check)
