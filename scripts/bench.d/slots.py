"""Attributes of instances with __slots__ and properties."""


class Cell:
    __slots__ = ("value", "left", "right", "changes")

    def __init__(self, value):
        self.value = value
        self.left = self.right = None
        self.changes = 0

    def step(self):
        a = self.left.value if self.left is not None else 1
        b = self.right.value if self.right is not None else 1
        new = (a * 3 + b * 5 + self.value) % 1009
        if new != self.value:
            self.changes += 1
            self.value = new

    @property
    def double(self):
        return self.value * 2


cells = [Cell(i) for i in range(1000)]
for a, b in zip(cells, cells[1:]):
    a.right = b
    b.left = a
for _ in range(3000):
    for cell in cells:
        cell.step()
print(sum(c.value for c in cells), sum(c.changes for c in cells), sum(c.double for c in cells for _ in range(600)))
