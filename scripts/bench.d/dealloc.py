"""Taking down large structures: lists of lists, chains, trees, tables."""


class Node:
    __slots__ = ("next", "data")

    def __init__(self, next, data):
        self.next = next
        self.data = data


def chain(n):
    head = None
    for i in range(n):
        head = Node(head, [i])
    return head


def lists(n):
    return [[j, [j]] for j in range(n)]


def tables(n):
    return {i: {"a": i, "b": (i,)} for i in range(n)}


count = 0
for _ in range(5):
    a, b, c = chain(70000), lists(110000), tables(50000)
    count += a.data[0] + len(b) + len(c)
    del a, b, c
print(count)
