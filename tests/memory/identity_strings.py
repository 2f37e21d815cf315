a = "hello"
b = "hello"
print(a is b)
c = "".join(["hel", "lo"])
print(c == a, c is a)
import sys
print(sys.intern(c) is a, sys.intern(c) is c)
d = "hello world!"
e = "hello world!"
print(d is e)


def f():
    return "hello world!"


print(f() is d, f() is f())
print("a" * 3 is "aaa", "foo" + "bar" is "foobar")
x = "foo"
print(x + "bar" is "foobar", x + "" is x, "" + x is x, x[:] is x, x[0:3] is x, str(x) is x, x * 1 is x)
print("abc"[0] is "abcd"[0], chr(97) is "a", chr(233) is chr(233), chr(300) is chr(300), "" is "".join([]))
print("xay"[1] is "a", "a b".split()[0] is "a", "ABC".lower() is "abc", "abc".lower() is "abc", "a".upper() is "A")
print(x.strip() is x, x.replace("z", "y") is x, "%s" % x is x, f"{x}" is x, "".join([x]) is x, x.ljust(3) is x, x.zfill(2) is x)


class C:
    attr = 1


print("attr" in C.__dict__, [k for k in C.__dict__ if k == "attr"][0] is "attr")
for bad in (5, None, b"x"):
    try:
        sys.intern(bad)
    except TypeError as err:
        print(err)


class S(str):
    pass


try:
    sys.intern(S("x"))
except TypeError as err:
    print(err)
