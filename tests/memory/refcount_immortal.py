import sys
IMMORTAL = 4294967295
for v in (None, True, False, 0, 1, -5, 256, "", "a", "é", (), ..., NotImplemented, b"", b"a", int, str, object, type, list, dict):
    print(repr(v), sys.getrefcount(v) == IMMORTAL)
print(sys.getrefcount(10), sys.getrefcount(None))
x = y = z = None
print(sys.getrefcount(None) == IMMORTAL)
n = 300 + len("x")
print(sys.getrefcount(n))
m = n
print(sys.getrefcount(n))
f = float("1.5")
print(sys.getrefcount(f))
s = "".join(["a", "b", "c"])
print(sys.getrefcount(s))
print(sys.getrefcount(int("1000")), sys.getrefcount(2.0 * f))
