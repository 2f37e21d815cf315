"""Lists, dictionaries, sets and tuples: built, searched, sorted, compared, thrown away."""

import gc
from heapq import heappop, heappush


class Node:
    def __init__(self, key, left=None, right=None):
        self.key = key
        self.left = left
        self.right = right
        self.parent = None

    def __lt__(self, other):
        return self.key < other.key


def tree(keys):
    if not keys:
        return None
    middle = len(keys) // 2
    node = Node(keys[middle], tree(keys[:middle]), tree(keys[middle + 1:]))
    for child in (node.left, node.right):
        if child is not None:
            child.parent = node
    return node


def walk(node):
    if node is not None:
        yield from walk(node.left)
        yield node.key
        yield from walk(node.right)


def shortest(size):
    costs, queue = {}, [(0, (0, 0))]
    while queue:
        cost, place = heappop(queue)
        if place in costs:
            continue
        costs[place] = cost
        x, y = place
        for step in ((x + 1, y), (x, y + 1), (x - 1, y)):
            if 0 <= step[0] < size and step[1] < size and step not in costs:
                heappush(queue, (cost + (step[0] * 7 + step[1] * 3) % 10, step))
    return costs[size - 1, size - 1]


def sets(count):
    threes, fives = set(range(0, count, 3)), {n for n in range(count) if n % 5 == 0}
    both = threes & fives
    names = {f"n{n % 300}" for n in range(count)}
    return len(threes | fives), len(threes - fives), len(threes ^ fives), both <= threes, len(names), 15 in both


def order(count):
    records = [(n * 7919 % 1009, str(n % 50), n) for n in range(count)]
    records.sort()
    by_text = sorted(records, key=lambda record: record[1], reverse=True)
    numbers = sorted(record[0] * 0.5 for record in by_text)
    return records[5], by_text[7], numbers[-1], min(by_text), sorted(set(numbers))[:2]


def tables(count):
    squares = {n: n * n for n in range(count)}
    turned = {value: key for key, value in squares.items() if key % 2}
    pairs = dict(zip(squares, reversed(list(squares))))
    for key in list(pairs):
        if key % 3 == 0:
            del pairs[key]
    rows = [[i + j for j in range(20)] for i in range(20)]
    columns = [list(column) for column in zip(*rows)]
    flat = [x for row in columns for x in row if x % 2]
    return len(turned), len(pairs), sum(flat), any(x > 30 for x in flat), all(x < 99 for x in flat), max(flat, default=0)


for _ in range(40):
    root = tree(list(range(3000)))
    print(sum(walk(root)), shortest(30), sets(9000), order(4000), tables(3000))
    del root
    gc.collect()
    garbage = [Node(n) for n in range(3000)]
    for node in garbage:
        node.parent = node
    del garbage
