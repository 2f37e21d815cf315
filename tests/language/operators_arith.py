class V:
    def __init__(self, n):
        self.n = n

    def __repr__(self):
        return f"V({self.n})"

    def _op(name):
        def op(self, other, *more):
            print(name, self, other, *more)
            return V(f"{name}")
        return op

    for _n in "add sub mul truediv floordiv mod pow lshift rshift and or xor matmul divmod".split():
        locals()[f"__{_n}__"] = _op(_n)
        locals()[f"__r{_n}__"] = _op("r" + _n)

    def __neg__(self):
        return V("neg")

    def __pos__(self):
        return V("pos")

    def __invert__(self):
        return V("inv")

    def __abs__(self):
        return V("abs")


a, b = V(1), V(2)
print(a + b, a - b, a * b, a / b, a // b, a % b, a ** b, a << b, a >> b, a & b, a | b, a ^ b, a @ b)
print(1 + a, 1 - a, 1 * a, 1 / a, 1 // a, 1 % a, 1 ** a, 1 << a, 1 >> a, 1 & a, 1 | a, 1 ^ a, 1 @ a)
print(divmod(a, 3), divmod(3, a), pow(a, 2), pow(2, a), pow(a, 2, 5))
print(-a, +a, ~a, abs(a))
for text in ("1 + 'a'", "'a' + 1", "[] - []", "{} @ 1", "-'x'", "~1.5", "None * 2", "1 << 1.0", "abs('x')",
             "divmod('a', 1)", "object() ** 2", "[] + ()", "() + []", "'a' * 'b'", "{1} + {2}", "b'a' + 'a'",
             "pow(2, 'x')", "+[]", "1 @ 1", "'%d' % 'x'", "print >> 1"):
    try:
        eval(text)
    except TypeError as e:
        print(text, "->", e)
