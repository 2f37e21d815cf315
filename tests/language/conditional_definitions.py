import sys
if sys.version_info >= (3, 0):
    def f():
        return "new"
else:
    def f():
        return "old"
print(f())
try:
    import not_there as json_like
except ImportError:
    json_like = None
print(json_like)


def outer(flag):
    if flag:
        def inner():
            return "a"
    else:
        def inner():
            return "b"
    return inner()


print(outer(1), outer(0))


def unset(flag):
    if flag:
        x = 1
    return x


print(unset(True))
try:
    unset(False)
except UnboundLocalError as e:
    print(e)
for i in range(2):
    def g(n=i):
        return n
print(g())
fs = []
for i in range(3):
    class K:
        v = i
    fs.append(K)
print([k.v for k in fs], fs[0] is fs[1], fs[0].__name__)
if False:
    never = 1
try:
    never
except NameError as e:
    print(e)
while True:
    def in_loop():
        return "in loop"
    break
print(in_loop())
x = 1 if f() == "new" else 2
print(x)


def docstring_only():
    """only this"""


print(docstring_only(), docstring_only.__doc__)
pass
...
"a string statement"
5
