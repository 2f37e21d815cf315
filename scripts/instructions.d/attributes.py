"""Attributes, methods, properties and slots."""


class Account:
    rate = 3

    def __init__(self, amount):
        self.amount = amount

    def add(self, n):
        self.amount += n
        return self

    @property
    def interest(self):
        return self.amount * self.rate


class Cell:
    __slots__ = ("value",)


account, cell = Account(10), Cell()
cell.value = 0
for i in range(5000):
    cell.value += account.add(i).interest
print(cell.value)
