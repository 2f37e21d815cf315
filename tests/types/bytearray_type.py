a = bytearray(b"hello")
a[0] = 72
a.append(33)
a.extend(b"??")
a += b"."
a.insert(0, 62)
print(a, len(a), a.pop(), a.pop(0), a)
a.remove(33)
a.reverse()
print(a, a[1:3], a[-1], bytes(a), a == bytes(a), a.copy() is a)
a[1:3] = b"XYZ"
del a[0]
del a[::2]
print(a, a.upper(), a.find(b"Y"), a * 2, a + b"x", b"x" + a)
a.clear()
print(a, bytearray(), bytearray(3), bytearray([1, 2]), bytearray("é", "utf8"), list(bytearray(b"ab")))
for f in (lambda: a.append(256), lambda: a.append("x"), lambda: a.pop(), lambda: a[0], lambda: bytearray("a"), lambda: hash(a), lambda: a.remove(1), lambda: a.extend("abc"), lambda: a.extend(5)):
    try:
        print(f())
    except (ValueError, TypeError, IndexError) as e:
        print(type(e).__name__, e)
