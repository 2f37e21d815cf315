x, s, f = 42, "text", 3.14159
print(f"{x}|{s}|{f}|{x!r}|{s!r}|{s!a}")
print(f"{x:5}|{x:<5}|{x:>5}|{x:^5}|{x:05}|{x:+}|{x:x}|{x:#x}|{x:b}|{x:#o}|{x:,}|{x:e}")
print(f"{f:.2f}|{f:8.3f}|{f:<8.1f}|{f:+.0f}|{f:e}|{f:g}|{f:%}|{f:010.2f}")
print(f"{s:10}|{s:>10}|{s:*^10}|{s:.2}|{s!r:>8}")
w, p = 10, 3
print(f"{f:{w}.{p}f}|{x:{'>'}{w}}|{f:{w + 1}.{p - 1}}")
print(f"{x=}|{x = }|{x=:>5}|{s=}|{s=!s}|{x + 1=}|{f=:.2f}")
print(f"{{}}|{{{x}}}|{{x}}")
print(f"{'nested ' + f'{x}'}|{"same quotes"}|{f"{f"{x}"}"}")
print(f"{x if x > 1 else 0}|{[i for i in range(3)]}|{ {'a': 1}['a'] }|{(lambda v: v * 2)(4)}")
print(f"a" "b" f"{x}" 'c')
print(f"""multi
{x}
line {
    x
    + 1
}""")
print(rf"\n{x}\t", fr"{s}\d", F"{x}")
print(f"{x:{{}}}" if False else "-", f"{'\n'}|".strip("\n"), f"{s.upper()}{s[0]}{len(s)}")
print(f"{1_000_000:_}|{1234567.891:,.2f}|{255:08b}|{-5:05}|{-5: }|{5: }|{True}|{None}|{True:d}|{True:5}")
print(f"{x!r:^{w}}|{'':>3}|{'é':>3}|{'日':*<3}")
print(f"{3:{'0'}{5}}", f"{1.0}", f"{1e20}", f"{1e-7}", f"{0.1 + 0.2}", f"{1e16}", f"{123456789012345678}")


def gen():
    yield from (1, 2)


print(f"{[*gen()]}", f"{x,}", f"{x, s}", f'{"a" if 0 else "b"}')
y = 0
print(f"{y:d}{y!s}{y:>3}{(y := 3)}{y}")
print(f"{lambda_ if (lambda_ := 1) else 2}", f"{x!s}" f"{x!a}")
