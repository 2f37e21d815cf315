a, b, c = 7, 3, 2
print(a + b * c, (a + b) * c, a - b - c, a / b / c, a // b, -a // b, a % b, -a % b, a % -b, 2 ** 3 ** 2, -2 ** 2, (-2) ** 2, 2 ** -1)
print(a & b | c ^ 1, a << 2 >> 1, ~a, not a == b, a < b == False, a if b else c, [a, b][c > 1])
print("ab" * 2 + "c", [1] * 2 + [2], (1,) * 3, not a or b and c, a or b, a and b, not not a)
print(1 < 2 and 2 < 3, 1 in [1] == True, "a" in "abc", "d" not in "abc", None is None, a is not b)
print([1, 2, 3][0], [1, 2, 3][-1], [1, 2, 3, 4][1:3], "hello"[::-1], "hello"[1:-1:2], [[1, 2], [3]][1][0], {"a": {"b": 5}}["a"]["b"])
print((lambda x, *y, z=1, **k: (x, y, z, k))(1, 2, 3, z=4, q=5))
print(divmod(17, 5), divmod(-17, 5), divmod(17, -5), 17.5 // 2, -17.5 % 5, 7 % 2.5, 1e300 * 1e10, -7 // 2.0)
print(0.1 + 0.2 == 0.3, 1 / 3, 2 / 1, 10 // 3.0, 5 % 3, 2 ** 0.5, 2 ** 100, 10 ** -2)
for text in ("1 / 0", "1 // 0", "1 % 0", "1.0 / 0", "1.0 // 0", "1.0 % 0", "0 ** -1", "0.0 ** -1", "divmod(1, 0)", "1 << -1", "1 >> -1",
             "2.0 ** 10000", "int(1e400)", "1 << 10 ** 20", "pow(2, -1, 4)", "pow(2, 3, 0)", "(-8) ** (1/3)", "round(1.5, 'a')", "int(float('nan'))"):
    try:
        print(text, eval(text))
    except (ArithmeticError, ValueError, TypeError, MemoryError) as e:
        print(text, "->", type(e).__name__, e)
...
(yield_ := 5)
print(yield_, (1, 2) == (1, 2), [1] is [1], (a, b) != (b, a))
print(*(x for x in range(3)), *[], sep=",", end=".\n")
