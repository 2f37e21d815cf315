"""Methods of operators, __getitem__ and __call__ that the loop enters: results, fallbacks, counts, errors, deaths."""
import sys


class Money:
    def __init__(self, n):
        self.n = n

    def __add__(self, other):
        if isinstance(other, str):
            return NotImplemented
        return Money(self.n + (other.n if isinstance(other, Money) else other))

    def __radd__(self, other):
        return ("radd", other, self.n)

    def __mul__(self, k):
        if k == 13:
            raise ValueError("unlucky")
        return NotImplemented if k == 7 else self.n * k

    def __getitem__(self, key):
        return NotImplemented if key == "odd" else (self.n, key)

    def __call__(self, x=1, *rest, k=2, **more):
        return (self.n, x, rest, k, sorted(more), sys.getrefcount(self))

    def __del__(self):
        deaths.append(self.n)


deaths = []


def run(round):
    m = Money(round)
    total = m + 1 + 2
    out = [total.n, m * 2, (m + m).n, m[5], m["odd"] is NotImplemented]
    out.append(m())
    out.append(m(5, 6, k=3, z=4))
    for operation in (lambda: m + "x", lambda: m * 7, lambda: m * 13, lambda: m(k=1, x=2, **{"x": 3})):
        try:
            out.append(operation())
        except (TypeError, ValueError) as error:
            out.append(f"{type(error).__name__}: {str(error)[-40:]}")
    return out


for round in range(6):
    print(run(round), deaths)
    deaths.clear()


class Late:
    def __add__(self, other):
        return "first"


late = Late()
seen = []
for round in range(6):
    if round == 3:
        Late.__add__ = lambda self, other: "second"
    seen.append(late + 1)
print(seen)


class Generator:
    def __call__(self, n):
        yield from range(n)

    def __getitem__(self, n):
        yield n

    def __add__(self, n):
        yield n


g = Generator()
print([(list(g(3)), list(g[4]), list(g + 5)) for _ in range(4)])


class Deep:
    def __call__(self, n):
        return 0 if n == 0 else 1 + self(n - 1)

    def __getitem__(self, n):
        return self[n + 1]


print(Deep()(400))
try:
    Deep()[0]
except RecursionError as error:
    print(error)
