# Tuples that end when they are unpacked, into variables whose values end then, too.
import gc
import sys


class Noisy:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name)


def strings(lines):
    found = []
    for line in lines:
        key, separator, value = line.partition("=")
        found.append(key + separator + value)
        first, second = line.split("=")[0] + "!", value * 3
        first, second = (second + "?", first)
        found.append(first + second)
    return found


print(strings([f"key{n}={n * n}" for n in range(60)])[::13])


def long_strings(count):
    a = b = c = ""
    for n in range(count):
        a, b, c = ("x" * (600 + n)).partition("y")
        a, b, c = (b + "long" * 200, c + "text" * 300, a + "z")
    return len(a), len(b), len(c)


print(long_strings(50))


def pair(n):
    return Noisy(f"left {n}"), Noisy(f"right {n}")


def triple(n):
    one = Noisy(f"same {n}")
    return one, str(n) + "!", one


def objects():
    for n in range(3):
        left, right = pair(n)
        print("have", left.name, right.name)
    for n in range(3):
        left, text, right = triple(n)
        print("have", left.name, text, right is left)
    print("end")


objects()


def mixed():
    a = b = c = None
    for n in range(5):
        a, b, c = (n + 1000, str(n) + "...", n / 3)
        a, b, c = (b + "x", c, a)
        print(a, b, c, sys.getrefcount(b) - sys.getrefcount(c))


mixed()


def swapped(n):
    a, b, c = "a" * n, "b" * n, "c" * n
    for _ in range(4):
        a, b, c = (c, a, b)
    pair = (a, b)
    a, b = pair
    c, b = pair
    return a, b, c, pair


print(swapped(3))


def shared():
    text = "one" + str(len("text"))
    a = b = c = text
    del text
    a, b, c = ("x" + str(1), "y" + str(2), a)
    print(a, b, c, sys.getrefcount(c))
    a = b = c
    del c
    a, b = ("p" + str(1), "q" + str(2))
    print(a, b)


shared()

# Module variables, and the tuple of a generator.
for text in ("a=b", "c=d", "e"):
    left, middle, right = text.partition("=")
    print(repr(left), repr(middle), repr(right))


def many(n):
    for i in range(n):
        yield i * 1000, f"text {i}", (i,)


total = 0
for number, text, inner in many(200):
    total += number + len(text) + inner[0]
print(total)
gc.collect()
