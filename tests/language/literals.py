print(0, 1_000, 0x_ff, 0o17, 0b101, 1e3, 1.5e-3, .5, 5., 1_0.0_1, 0xDEAD_BEEF, 00, 10 ** 20)
print("a" 'b' """c""" r"\d", "\n\t\\\'\"".encode(), "\x41\u00e9\U0001F600\101\0".encode(), "\N{BULLET}")
print('''tri
ple''', b"bytes\x00\xff", rb"\x", Rb"\y", u"u", "a\
b")
print([1, 2, ], (1,), (), {}, {1: 2, }, {1, }, [[], ()], ((1)), 1, )
print(True, False, None, ..., Ellipsis, NotImplemented, __debug__)
print(1.0, 1e100, 1e16, 123456789.123456789, 0.1, 1e-5, 1e-4, -0.0, 1e22, 1e23, float("inf"), -float("inf"), float("nan"))
x = 1; y = 2
print(x, y)
if x: print("one line")
while False: pass
class A: a = 1; b = 2
print(A.b)
def f(): return 5
print(f(), (lambda: 6)())
result = (1 +
          2
          + 3)
print(result, 1 + \
      2)
for text in ("0777", "1__0", "0x", "1_", "'a", '"""a', "0b2", "1a", "0o8", "'\\x1'", "'\\N{nope}'", "b'é'", "0_x1", "1.e"):
    try:
        print(text, repr(eval(text)))
    except SyntaxError as e:
        print(text, "->", e.msg)
