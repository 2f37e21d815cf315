import os
name = "_open_text.tmp"
with open(name, "w") as f:
    print(f.write("line 1\nline 2\n"), f.name, f.mode, f.closed, f.writable(), f.readable())
    f.writelines(["line 3\n", "é 日\n"])
    print("printed", file=f)
print(f.closed)
with open(name, encoding="utf-8") as f:
    print(repr(f.read()))
with open(name) as f:
    print(f.readline(), end="")
    print(f.readlines())
    print(repr(f.read()), repr(f.readline()))
with open(name) as f:
    for i, line in enumerate(f):
        print(i, line.rstrip("\n"))
with open(name) as f:
    print(repr(f.read(3)), repr(f.read(4)), f.tell(), f.seek(0), repr(f.readline()))
with open(name, "a") as f:
    f.write("appended")
print(open(name).read().splitlines()[-1])
with open(name, "r+") as f:
    f.write("LINE")
    f.seek(0)
    print(repr(f.readline()))
with open(name, "w", newline="\r\n") as f:
    f.write("a\nb\n")
print(open(name, "rb").read(), repr(open(name).read()), repr(open(name, newline="").read()))
try:
    with open(name, "x") as f:
        pass
except FileExistsError as e:
    print(type(e).__name__, e)
f = open(name)
f.close()
f.close()
for fn in (lambda: f.read(), lambda: open("no/such/file"), lambda: open(name, "q"), lambda: open(name, "rw"), lambda: open(5.5), lambda: open(name, "w").read(), lambda: open(name, "r").write("x"), lambda: open(name, "w").write(5), lambda: open("."), lambda: open(name, "rb", encoding="utf8"), lambda: open(name, encoding="nope"), lambda: open("a\0b"), lambda: open(""), lambda: open()):
    try:
        print(fn())
    except (OSError, ValueError, TypeError, LookupError) as e:
        print(type(e).__name__, e)
with open(name, "wb") as f:
    f.write(b"\xff\xfe")
try:
    open(name, encoding="utf-8").read()
except UnicodeDecodeError as e:
    print(e)
print(repr(open(name, encoding="latin-1").read()), repr(open(name, errors="replace").read()))
os.remove(name)
