"""Instances, lists, tuples and dictionaries that live briefly, and a few cycles."""


class Point:
    def __init__(self, x, y):
        self.x = x
        self.y = y


total = 0
for i in range(3000):
    points = [Point(i, k) for k in range(3)]
    table = {"first": points[0], "pair": (points[1], i)}
    points[2].x = points
    total += table["first"].x
print(total)
