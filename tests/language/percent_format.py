print("%d|%5d|%-5d|%05d|%+d|% d|%x|%X|%#x|%o|%#o|%i|%u" % (42, 42, 42, 42, 42, 42, 255, 255, 255, 8, 8, 7, 6))
print("%f|%.2f|%8.3f|%-8.1f|%+.0f|%e|%E|%g|%G|%08.2f" % (3.14159, 3.14159, 3.14159, 3.14159, 3.14159, 31415.9, 31415.9, 1e-5, 1e20, -3.14159))
print("%s|%10s|%-10s|%.2s|%r|%a|%c|%c|%%" % ("abc", "abc", "abc", "abc", "é", "é", "x", 65))
print("%(a)s %(b)05d %(a)r" % {"a": 1, "b": 2})
print("%*d|%-*d|%.*f|%*.*f" % (5, 42, 5, 42, 2, 3.14159, 8, 3, 2.71828))
print("%s" % None, "%s" % (1,), "%s %s" % (1, 2), "%s" % [1, 2], "%s" % {"a": 1}, "%d" % True, "%d" % 3.99, "%s" % ((1, 2),))
print("%x" % -255, "%o" % -8, "%d" % 10 ** 30, "%x" % 10 ** 20, "%.3d" % 5, "%+.3d|%08.3d" % (5, 5), "%.10s|" % "ab", "%5%|")
print("plain" % (), "plain" % {}, "%s" % "", "" % [])
print(b"%d %s %b %r %a %c" % (1, b"x", b"y", "z", "é", 66), b"%5.1f|%x" % (1.25, 10))


class S:
    def __str__(self):
        return "str"

    def __int__(self):
        return 3

    def __index__(self):
        return 4

    def __float__(self):
        return 2.5


print("%s %r %d %x %f" % (S(), 1, S(), S(), S()) if True else "")
for fmt, arg in (("%d", "x"), ("%d %d", 1), ("%d", (1, 2)), ("%", ()), ("%z", 1), ("%(a)s", 5), ("%(a)s", {}), ("%c", "ab"),
                 ("%c", -1), ("%x", 1.5), ("%f", "a"), ("plain", 1), ("%*d", ("a", 1)), ("%(a", {"a": 1}), ("%d", None), ("%s", ()),
                 ("%c", 1.5), ("abc%", 1), ("%s%y", (1, 2))):
    try:
        print(repr(fmt), fmt % arg)
    except (TypeError, ValueError, KeyError, OverflowError) as e:
        print(repr(fmt), type(e).__name__, e)
