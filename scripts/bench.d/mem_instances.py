# memory
"""Holds a million instances with two attributes."""


class Point:
    def __init__(self, x, y):
        self.x = x
        self.y = y


points = [Point(i, i + 1) for i in range(1000000)]
print(len(points), points[777].y)
