"""Names of a module whose dictionary grows, shrinks, is emptied or is another one for the same code."""
import builtins

value = 1
results = []


def read():
    return value


def length(x):
    return len(x)


def write(x):
    global value
    value = x


for i in range(4):
    write(i)
    results.append(read())
print(results)

# The dictionary grows while a loop reads and writes its names.
total = 0
for i in range(300):
    globals()["name_%d" % i] = i
    value = i
    total += read() + name_0
print(total, name_299, len(results))
for i in range(300):
    del globals()["name_%d" % i]
    total -= read()
print(total)

# A name goes and comes back, at its place and at another one.
for i in range(4):
    del value
    try:
        read()
    except NameError as e:
        print(e, end=" ")
    if i % 2:
        other_name = i
    value = i
    print(read(), end=" ")
    if i % 2:
        del other_name
print()

# A global hides a builtin and no longer does.
for i in range(4):
    print(length("abc"), end=" ")
    len = lambda x: "hidden"
    print(length("abc"), end=" ")
    del len
print(length("abcd"))
for i in range(3):
    builtins.surprise = i
    print(surprise, end=" ")
    del builtins.surprise
    try:
        surprise
    except NameError as e:
        print(e, end=" ")
print()
for i in range(200):
    setattr(builtins, "extra_%d" % i, i)
    assert length("ab") == 2
for i in range(200):
    delattr(builtins, "extra_%d" % i)
print(length("abcde"))

# The same code with other dictionaries, copies among them.
code = compile("count = start\nfor i in range(5):\n    count += step\nresult = count", "<text>", "exec")
for start in range(3):
    names = {"start": start, "step": 10}
    twin = dict(names)
    copied = names.copy()
    exec(code, names)
    exec(code, twin)
    copied["step"] = 1
    exec(code, copied)
    print(names["result"], twin["result"], copied["result"], end=" ")
print()


def make(namespace):
    exec("def f():\n    return x + len(y)\n", namespace)
    return namespace["f"]


first, second = {"x": 1, "y": "ab"}, {"x": 10, "y": "abc"}
f, g = make(first), make(second)
for i in range(4):
    print(f(), g(), end=" ")
    first["x"] += 1
    second["y"] += "d"
print()
g.__code__ = f.__code__
print(f(), g(), end=" ")
saved = dict(first)
first.clear()
try:
    f()
except NameError as e:
    print(e, end=" ")
first.update(saved)
print(f(), g())
h = type(f)(f.__code__, dict(first, x=1000))
del first, saved
for i in range(3):
    print(f(), g(), h(), end=" ")
print()
