"""Comprehensions of every kind, zip, enumerate, map, filter, any, all."""

total = 0
for r in range(750):
    squares = [i * i for i in range(4000)]
    even = [s for s in squares if s % 2 == 0]
    pairs = [(i, s) for i, s in enumerate(even)]
    table = {i: s for i, s in pairs if i % 3}
    residues = {s % 101 for s in squares}
    grid = [[i * j for j in range(40)] for i in range(40)]
    turned = [list(column) for column in zip(*grid)]
    flat = [x for row in turned for x in row]
    total += len(table) + len(residues) + sum(flat) + sum(map(abs, even)) + len(list(filter(None, flat)))
    total += any(x > 10 ** 9 for x in squares) + all(x >= 0 for x in squares) + max(x for x in flat)
print(total)
