class Both:
    def __repr__(self):
        return "<repr>"

    def __str__(self):
        return "<str>"

    def __format__(self, spec):
        return f"<format {spec!r}>"

    def __bytes__(self):
        return b"bytes!"

    def __int__(self):
        return 7

    def __float__(self):
        return 7.5

    def __index__(self):
        return 9

    def __round__(self, n=None):
        return ("round", n)

    def __hash__(self):
        return 5


b = Both()
print(b, [b], str(b), repr(b), f"{b}", f"{b!r}", f"{b!s:>8}", f"{b:xyz}", "%s %r" % (b, b), bytes(b))
print(int(b), float(b), hash(b), round(b), round(b, 2), hex(b), {b: 1})


class R:
    def __repr__(self):
        return "only repr"


print(R(), str(R()), f"{R()}", f"{R():>12}" if False else "-")


class Bad:
    def __repr__(self):
        return 5

    def __str__(self):
        return None

    def __hash__(self):
        return "x"

    def __int__(self):
        return "i"

    def __float__(self):
        return 1

    def __index__(self):
        return 1.5

    def __len__(self):
        return 2 ** 70

    def __format__(self, s):
        return 1


for f in (repr, str, hash, int, float, hex, len, format, ascii):
    try:
        f(Bad())
    except (TypeError, OverflowError) as e:
        print(f.__name__, type(e).__name__, e)


class H:
    def __hash__(self):
        return 2 ** 64 + 3


print(hash(H()) == hash(2 ** 64 + 3), hash(-1), hash(-2), hash(True), hash(1.0), hash(2 ** 61 - 1), hash(2 ** 61))


class Unhash:
    __hash__ = None


try:
    {Unhash(): 1}
except TypeError as e:
    print(e)


class Rec:
    def __init__(self):
        self.l = [self]

    def __repr__(self):
        return f"Rec({self.l})" if len(self.l) > 1 else "Rec"


print(Rec().l)
try:
    f"{object():>10}"
except TypeError as e:
    print(e)
