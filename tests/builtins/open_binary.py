import os
name = "_open_binary.tmp"
with open(name, "wb") as f:
    print(f.write(bytes(range(10))), f.write(b"tail"), f.tell(), f.mode)
with open(name, "rb") as f:
    print(f.read(4), f.read(), f.read(), f.seek(2), f.read(2), f.seek(-2, 2), f.read(), f.tell(), f.seek(0), f.seek(1, 1), f.read(1))
with open(name, "wb") as f:
    f.write(b"a\nbb\nccc")
with open(name, "rb") as f:
    print(f.readline(), f.readlines(), list(f))
with open(name, "rb") as f:
    print([line for line in f])
with open(name, "ab") as f:
    f.write(b"!")
with open(name, "r+b") as f:
    f.seek(2)
    f.write(b"ZZ")
    f.truncate(6)
print(open(name, "rb").read())
chunks = 0
with open(name, "rb") as f:
    while chunk := f.read(4):
        chunks += 1
        print(chunk)
for fn in (lambda: open(name, "wb").write("text"), lambda: open(name, "rb").write(b"x"), lambda: open("none.bin", "rb"), lambda: open(name, "bt"), lambda: open(name, "b")):
    try:
        print(fn())
    except (OSError, ValueError, TypeError) as e:
        print(type(e).__name__, e)
os.remove(name)
print(os.path.exists(name))
