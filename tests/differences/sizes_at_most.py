# expect: own
# sys.getsizeof tells what Ouro's own heap holds; the promise is: at most CPython 3.13's figure, type by type.
import random, re, struct, sys
from array import array
from collections import deque


class Plain:
    def __init__(self):
        self.a, self.b = 1, 2


class Slots:
    __slots__ = ("a", "b")


def function():
    yield


def filled(n):
    l = []
    for i in range(n):
        l.append(i)
    return l


figures = [
    ("None", None, 16), ("True", True, 28), ("1", 1, 28), ("2**30", 2 ** 30, 32), ("2**60", 2 ** 60, 36), ("2**1000", 2 ** 1000, 160),
    ("1.5", 1.5, 24), ("''", "", 41), ("'a'", "a", 42), ("'a' * 100", "a" * 100, 141), ("'é' * 100", "é" * 100, 157),
    ("'日' * 100", "日" * 100, 258), ("'😀' * 100", "😀" * 100, 460), ("b''", b"", 33), ("b'a' * 100", b"a" * 100, 133),
    ("()", (), 40), ("(1, 2)", (1, 2), 56), ("[]", [], 56), ("[1, 2]", [1, 2], 72), ("[1, 2, 3]", [1, 2, 3], 88),
    ("[0] * 1000", [0] * 1000, 8056), ("appended 1", filled(1), 88), ("appended 5", filled(5), 120), ("appended 9", filled(9), 184),
    ("appended 1000", filled(1000), 8856), ("{}", {}, 64), ("{'a': 1}", {"a": 1}, 184), ("{1: 1}", {1: 1}, 224),
    ("dict of 6 ints", {i: i for i in range(6)}, 352), ("dict of 11 ints", {i: i for i in range(11)}, 632),
    ("dict of 100 str", {str(i): i for i in range(100)}, 3328),
    ("dict of 1000 ints", {i: i for i in range(1000)}, 36952), ("set()", set(), 216), ("set of 5", set(range(5)), 728),
    ("set of 1000", set(range(1000)), 32984), ("frozenset()", frozenset(), 216), ("range(10)", range(10), 48), ("slice(1)", slice(1), 56),
    ("function", function, 160), ("generator", function(), 200), ("builtin", len, 72), ("instance", Plain(), 48), ("two slots", Slots(), 48),
    ("{1}", {1}, 216), ("{1, 2, 3, 4}", {1, 2, 3, 4}, 216), ("set of 100", set(range(100)), 8408), ("set grown to 4", set(iter(range(4))), 216),
    ("object()", object(), 16), ("array", array("i", [1, 2, 3]), 92), ("deque()", deque(), 760), ("exception", ValueError("x"), 88),
    ("code", (lambda: 1).__code__, 208), ("Struct", struct.Struct("<hhl4s10i"), 264), ("Random", random.Random(), 2552),
    ("pattern", re.compile("abc"), 192), ("long code", re.sub.__code__, 496),
]
for count, strings, ints in (1, 184, 224), (2, 184, 224), (3, 184, 224), (4, 184, 224), (5, 184, 224), (6, 272, 352), (10, 272, 352), (21, 464, 632), (42, 832, 1168):
    keys = [str(i) for i in range(count)]
    figures += [(f"dict of {count} strings", dict.fromkeys(keys), strings), (f"dict of {count} ints", dict.fromkeys(range(count)), ints)]
    figures += [(f"copy of {count} strings", dict.fromkeys(keys).copy(), strings), (f"an int and {count - 1} strings", dict.fromkeys([1] + keys[1:]), ints)]
for count, size in (1, 760), (33, 760), (64, 1288), (97, 1288), (161, 1816), (1000, 8680), (10_000, 83_128), (100_000, 825_496):
    figures.append((f"deque of {count}", deque(range(count)), size))
worse = 0
for name, value, cpython in figures:
    if not 0 < sys.getsizeof(value) <= cpython:
        worse += 1
        print(f"{name}: more than {cpython}")
print(f"{len(figures)} figures, {worse} above CPython's")
