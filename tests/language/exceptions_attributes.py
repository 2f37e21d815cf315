print(repr(ValueError()), repr(ValueError(1)), repr(ValueError("a", 2)), str(ValueError()), str(ValueError("a", 2)))
print(str(KeyError("k")), str(KeyError("a", 1)), repr(KeyError("k")), str(KeyError()))
e = OSError(2, "No such file", "name.txt")
print(type(e).__name__, e.errno, e.strerror, e.filename, e.args, e)
for n in (1, 2, 4, 13, 17, 20, 21, 32, 110):
    print(n, type(OSError(n, "x")).__name__)
print(OSError("only"), OSError("only").errno, repr(OSError(2, "x")))
try:
    raise StopIteration(5)
except StopIteration as s:
    print(s.value, s.args)
try:
    x.y
except NameError as n:
    print(n.name, n)
try:
    (5).nope
except AttributeError as a:
    print(a.name, a.obj, a)
try:
    import no_such_module_here
except ImportError as i:
    print(type(i).__name__, i.name, i.path, i)
try:
    from math import no_such_name
except ImportError as i:
    print(i.name, str(i).split(" (")[0])
try:
    "é".encode("ascii")
except UnicodeEncodeError as u:
    print(u.encoding, u.object, u.start, u.end, u.reason, u)
try:
    b"\xff".decode("utf-8")
except UnicodeDecodeError as u:
    print(u.encoding, u.object, u.start, u.end, u.reason, u)
try:
    compile("x = (", "file.py", "exec")
except SyntaxError as s:
    print(s.msg, s.filename, s.lineno, s.offset, s.text, s.end_lineno, s.end_offset, s)
print(SystemExit(3).code, SystemExit().code, SystemExit("m", 1).code)
g = ExceptionGroup("many", [ValueError(1), TypeError("t")])
print(g, g.message, g.exceptions, repr(g))
b = BaseException.__new__(ValueError, 1, 2)
print(b.args)
b.args = (9,)
print(b, b.args)
try:
    b.args = 5
except TypeError as t:
    print(t)
try:
    ValueError(x=1)
except TypeError as t:
    print(t)
