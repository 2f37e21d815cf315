"""Loops over floats: points of the plane which do not escape."""


def count(size, depth):
    inside = 0
    for j in range(size):
        ci = 2.5 * j / size - 1.25
        for i in range(size):
            cr = 2.5 * i / size - 1.75
            x = y = 0.0
            for _ in range(depth):
                xx = x * x
                yy = y * y
                if xx + yy > 4.0:
                    break
                y = 2.0 * x * y + ci
                x = xx - yy + cr
            else:
                inside += 1
    return inside


print(count(480, 100))
