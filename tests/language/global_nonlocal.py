x = 1


def read():
    return x


def write():
    global x
    x = 2


def local():
    x = 3
    return x


print(read(), local(), x)
write()
print(read(), x)


def make():
    global created
    created = "yes"


make()
print(created)


def outer():
    v = "outer"

    def mid():
        def inner():
            nonlocal v
            v = "changed"
        inner()
        return v
    print(mid(), v)


outer()


def early():
    try:
        print(x)
    except UnboundLocalError as e:
        print(type(e).__name__, e)
    x = 5


early()


def remove():
    global created
    del created


remove()
try:
    created
except NameError as e:
    print(e)


class C:
    x = 10

    def m(self):
        return x

    y = x + 1


print(C().m(), C.y)
for bad in ("def f():\n nonlocal q\n", "def f():\n x = 1\n global x\n", "nonlocal z", "def f(a):\n global a\n"):
    try:
        exec(bad)
    except SyntaxError as e:
        print(e.msg)
