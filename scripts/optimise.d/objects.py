"""Classes, closures, generators, exceptions, contexts."""

from contextlib import contextmanager
from functools import lru_cache, reduce


class Account:
    interest = 2
    __slots__ = ("owner", "balance", "history")

    def __init__(self, owner, balance=0):
        self.owner = owner
        self.balance = balance
        self.history = []

    @property
    def rich(self):
        return self.balance > 900

    def pay(self, amount):
        if amount > self.balance:
            raise ValueError(f"{self.owner} has only {self.balance}")
        self.balance -= amount
        self.history.append(-amount)
        return self


class Saver(Account):
    __slots__ = ()

    def pay(self, amount, *, fee=1):
        super().pay(amount + fee)
        return self

    def __add__(self, other):
        return Saver(self.owner, self.balance + other.balance)

    def __eq__(self, other):
        return isinstance(other, Saver) and self.balance == other.balance

    def __hash__(self):
        return hash(self.owner)

    def __repr__(self):
        return f"Saver({self.owner!r})"


class Shape:
    def area(self):
        raise NotImplementedError

    def scaled(self, factor):
        return type(self)(*(side * factor for side in self.sides()))


class Box(Shape):
    def __init__(self, width, height):
        self.width, self.height = width, height

    def sides(self):
        return self.width, self.height

    def area(self):
        return self.width * self.height


class Square(Box):
    def __init__(self, side):
        super().__init__(side, side)

    def sides(self):
        return (self.width,)


@contextmanager
def booked(log):
    log.append("in")
    try:
        yield log
    finally:
        log.append("out")


@lru_cache(maxsize=None)
def partitions(n, largest):
    if n == 0:
        return 1
    return sum(partitions(n - part, part) for part in range(1, min(n, largest) + 1))


def counter():
    count = 0

    def more(step=1):
        nonlocal count
        count += step
        return count
    return more


def chunks(values, size):
    chunk = []
    for value in values:
        chunk.append(value)
        if len(chunk) == size:
            yield tuple(chunk)
            chunk.clear()
    if chunk:
        yield tuple(chunk)


def collatz(n, depth=0):
    return depth if n == 1 else collatz(n // 2 if n % 2 == 0 else 3 * n + 1, depth + 1)


def run(count):
    failed, more, log = 0, counter(), []
    accounts = [Saver("a", 1000), Account("b", 500), Saver("c")]
    for n in range(count):
        account = accounts[n % 3]
        try:
            account.pay(n % 50)
        except ValueError as error:
            failed += len(str(error)) > 3
            account.balance += 200
        finally:
            more(step=2)
        if account.rich and account in accounts:
            with booked(log):
                account.balance //= 2
    merged = reduce(lambda x, y: x + y, [a for a in accounts if isinstance(a, Saver)])
    shapes = [Box(n, 2) if n % 2 else Square(n) for n in range(count // 4)]
    area = sum(shape.scaled(2).area() for shape in shapes)
    nested = [str(k) for k, *rest in chunks(range(count), 3) if rest]
    return failed, more(), len(log), repr(merged), area, len(nested), getattr(merged, "missing", None)


for _ in range(40):
    print(run(6000), partitions(40, 40), max(map(collatz, range(1, 700))), {**{"a": 1}, "b": [*range(3)]})
    partitions.cache_clear()
