"""Allocation and freeing: many small trees of tuples and of instances."""


class Node:
    def __init__(self, left, right):
        self.left = left
        self.right = right


def grow(depth):
    return (None, None) if depth == 0 else (grow(depth - 1), grow(depth - 1))


def count(tree):
    left, right = tree
    return 1 if left is None else 1 + count(left) + count(right)


def plant(depth):
    return Node(None, None) if depth == 0 else Node(plant(depth - 1), plant(depth - 1))


def walk(node):
    return 1 if node.left is None else 1 + walk(node.left) + walk(node.right)


keep = grow(15)
total = 0
for depth in range(4, 16, 2):
    for _ in range(1 << 18 - depth):
        total += count(grow(depth))
    for _ in range(1 << 17 - depth):
        total += walk(plant(depth))
print(total, count(keep))
