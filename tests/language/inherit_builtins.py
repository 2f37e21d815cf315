class L(list):
    def append(self, x):
        super().append(x * 2)

    def __getitem__(self, i):
        return "got " + str(super().__getitem__(i))

    def __len__(self):
        return 99


l = L([1])
l.append(5)
print(list(l), l[0], len(l), l, sorted(l), l == [1, 10], [*l], sum(l), bool(L()), repr(l), 10 in l)


class D(dict):
    def __init__(self, *a, **k):
        super().__init__(*a, **k)
        self.reads = 0

    def __getitem__(self, k):
        self.reads += 1
        return super().__getitem__(k)


d = D(a=1)
d["a"], d.get("a"), d.reads
print(d.reads, d, {**d}, dict(d), "a" in d, d | {"b": 2}, type(d | {}).__name__)


class S(str):
    def __add__(self, o):
        return S(super().__add__(o) + "!")

    def __eq__(self, o):
        return True

    __hash__ = str.__hash__


s = S("a")
print(s + "b", s == "zzz", s != "zzz", type(s.upper()).__name__, f"{s:>3}", "-".join([s, s]), s in ["q"], len(s))


class I(int):
    def __new__(cls, v=0):
        return super().__new__(cls, v + 1)

    def __repr__(self):
        return f"I({int(self)})"

    def __eq__(self, o):
        return "eq!"

    __hash__ = int.__hash__


i = I(4)
print(i, i + 1, i == 9, [i], f"{i}", "%d" % i, range(i), [0] * I(1), i.bit_length(), str(i), I.from_bytes(b"\1"))


class E(Exception):
    def __init__(self, a, b):
        self.a = a


e = E(1, 2)
print(e.args, str(e), repr(e), e.a)


class F(float):
    def __str__(self):
        return "F!"


print(F(1.5), repr(F(1.5)), f"{F(1.5)}", f"{F(1.5):.2f}", F(1.5) + 1, F(2).hex())


class T(tuple):
    def __iter__(self):
        return iter("custom")


print(T((1, 2)), list(T((1, 2))), T((1, 2))[0], len(T((1, 2))), [*T()], T((1,)) + (2,))


class B(bytes):
    pass


print(B(b"ab"), B(b"ab") + b"c", type(B(b"a")[:]).__name__, B(b"a") == b"a")


class ST(set):
    def add(self, x):
        super().add(x + 1)


st = ST([1])
st.add(5)
print(st, st | {9}, len(st))
