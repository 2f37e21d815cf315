"""Generators: pipelines, yield from over a tree, send."""


def numbers(n):
    i = 0
    while i < n:
        yield i
        i += 1


def squares(source):
    for x in source:
        yield x * x


def odd(source):
    for x in source:
        if x & 1:
            yield x


class Tree:
    def __init__(self, depth, value):
        self.value = value
        self.left = self.right = None
        if depth:
            self.left, self.right = Tree(depth - 1, value * 2), Tree(depth - 1, value * 2 + 1)

    def __iter__(self):
        if self.left:
            yield from self.left
        yield self.value
        if self.right:
            yield from self.right


def average():
    total = count = 0
    while True:
        x = yield total / count if count else 0
        total += x
        count += 1


print(sum(odd(squares(numbers(3000000)))))
tree = Tree(12, 1)
print(sum(sum(tree) for _ in range(24)))
running = average()
next(running)
for i in range(1200000):
    last = running.send(i)
print(last, sum(x for x in numbers(3000000) if x % 3))
