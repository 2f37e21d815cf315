from array import array, typecodes
a = array("i", [1, 2, 3])
a.append(4)
a.extend([5])
a.insert(0, 0)
print(a, len(a), a[0], a[-1], a[1:3], a[::-1], a.typecode, a.itemsize, a.pop(), a.pop(0), a.tolist(), a.index(3), a.count(2), 3 in a)
a.reverse()
a[0] = 9
a[1:2] = array("i", [7, 7])
del a[-1]
a.remove(7)
print(a, a + array("i", [1]), a * 2, a == array("i", [9, 7, 2]), a < array("i", [10]), a == array("q", a), bytes(array("B", [1, 2])), a.tobytes(), list(a), sum(a))
a.fromlist([5, 6])
a += array("i", [8])
b = array("h")
b.frombytes(b"\x01\x00\x02\x00")
print(a, b, array("d", [1.5, 2]), array("f", [0.1]), array("u", "héy"), array("b"), array("Q", [2 ** 63]), array("i", range(3)), array("B", b"ab"), array("i", (x for x in (1, 2))), typecodes)
b.byteswap()
print(b, array("u", "abc").tounicode(), array("i", [1, 2]).buffer_info()[1], [array(t).itemsize for t in "bBhHiIlLqQfd"])
for f in (lambda: array("z"), lambda: array("i", ["a"]), lambda: array("b", [200]), lambda: array("i", [2 ** 40]), lambda: array("B", [-1]), lambda: array("i").pop(), lambda: array("i")[0], lambda: array("i", [1]).remove(2), lambda: array("i", [1.5]), lambda: array("i") + [1], lambda: array("i") + array("d"), lambda: array(), lambda: array("ii"), lambda: hash(array("i")), lambda: array("i", [1]).index(5), lambda: array("h").frombytes(b"x"), lambda: array("i", "ab"), lambda: array("i").append("a"), lambda: array("i").extend(array("d")), lambda: array("f", ["x"]), lambda: array("i", 5), lambda: array("Q", [2 ** 64])):
    try:
        print(f())
    except (TypeError, ValueError, IndexError, OverflowError) as e:
        print(type(e).__name__, e)
import sys
print(sys.getsizeof(array("i", range(1000))) < sys.getsizeof(list(range(1000))) + 1000 * 28, sys.getsizeof(array("d", [0.0] * 1000)) >= 8000)
