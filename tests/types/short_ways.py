"""Short ways of text, bytes, sets and zip: their edges."""
for text in "a,b,c", ",", "", "abc", ",a", "a,", "a,,b", "é,ж", "ж", "𝄞,𝄞":
    for separator in ",", ",,", "b", "é", "ж", "abc", "𝄞":
        print(ascii((text.rsplit(separator, 1), text.rsplit(separator, 2), text.rsplit(separator), text.split(separator, 1), text.rpartition(separator))))
for data in b"a,b,c", b",", b"", b"a,,b":
    print(data.rsplit(b",", 1), data.rsplit(b","), data.rsplit(b",", 0), data.split(b",", 1))
for text in "banana", "a", "", "bnn", "bänana", "баба":
    for count in -1, 0, 1, 2, 9:
        print(ascii((text.replace("a", "o", count), text.replace("a", "", count), text.replace("a", "ä", count), text.replace("an", "n", count), text.replace("ä", "a", count), text.replace("а", "a", count))))
x = "banana"
print(x.replace("z", "y") is x, x.replace("a", "a") is x, "a".replace("a", "b") is chr(98), x.replace("a", "o", 0) is x)
long = "hello world " * 20
print(long.replace("o", "0").count("0"), long.replace("o", "0", 3)[:30], long.replace("lo w", "-").count("-"), long.replace("zz", "-") is long)


class Data(bytes):
    def __add__(self, other):
        return "own"


class Plain(bytes):
    pass


b = b"ab"
print(b + b, b + b"", (b + b"") is b, (b"" + b) is b, b + Plain(b"c"), Plain(b"") + b, type(Plain(b"c") + b), Data(b"x") + b, b + bytearray(b"c"), b + memoryview(b"d"))
for other in "s", 1, None, [1]:
    try:
        b + other
    except TypeError as error:
        print(error)


class End:
    """An iterator with so many items, which says when it is asked."""

    def __init__(self, name, left):
        self.name, self.left = name, left

    def __iter__(self):
        return self

    def __next__(self):
        print(self.name, end=" ")
        self.left -= 1
        if self.left < 0:
            raise StopIteration
        return self.name * (self.left + 1)


for lengths in (2, 2, 2), (1, 2, 2), (2, 1, 2), (2, 2, 1), (0, 0, 0):
    for strict in False, True:
        try:
            print(list(zip(*[End(name, length) for name, length in zip("abc", lengths)], strict=strict)))
        except ValueError as error:
            print(error)
pairs = zip([1, 2, 3], "abc", (4.5, 5.5, 6.5))
first = next(pairs)
print(first, next(pairs), first)
del first
print([id_ for id_, _, _ in zip(range(3), range(3), range(3))], list(zip(range(2), range(3), range(4))))


class Last:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("end of", self.name, end="; ")


for a, b, c in zip((Last(n) for n in "12"), (Last(n) for n in "34"), (Last(n) for n in "56")):
    print(a.name, b.name, c.name)
del a, b, c
print()
for left in range(6):
    for right in range(6):
        a, b = {i * 3 for i in range(left)}, {i * 5 for i in range(right)}
        c = a | b
        print(list(c), c.__sizeof__() == (a.copy() | b).__sizeof__(), list(a.union(b)) == list(c), list(a | a) == list(a), len(frozenset(a) | b), end=" ")
    print()
a = {1, 2, 3, 4}
a.discard(2)
print(list(a | {10, 18, 26}), list({8, 16, 0} | {24, 32}))
big, small = 10 ** 40, 7
for x in big, -big, small, -small, 10 ** 20, -(10 ** 20), 0:
    for m in 10 ** 50, -(10 ** 50), 10 ** 20, 3, -3:
        assert x % m == x - x // m * m and divmod(x, m) == (x // m, x % m)
        print(x % m, end=" ")
print(big % 10 ** 50 is big, small % 10 ** 50)
