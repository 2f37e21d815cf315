def f():
    xs = [i for i in range(3)]
    try:
        return i
    except NameError as e:
        return str(e)


print(f())


def g():
    i = 7
    ys = [i for i in range(3)]
    return i, ys


print(g())


def walrus():
    if any((found := n) > 3 for n in range(10)):
        return found


print(walrus())


def nested():
    return [[i * j for j in range(i)] for i in range(4)]


print(nested())
gen = (n for n in range(3) if print("test", n) or True)
print("made")
print(next(gen))
print(list(gen))


def first(it):
    print("evaluated at once")
    return it


late = (q for q in first([1, 2]))
print(list(late))
try:
    exec("[x := 1 for x in range(3)]")
except SyntaxError as e:
    print(e.msg)
try:
    exec("class A:\n y = [(z := 1) for _ in range(2)]\n")
except SyntaxError as e:
    print(e.msg)
print("n" in globals())
