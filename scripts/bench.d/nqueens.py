"""Search: permutations and sets of diagonals, and a solver with bits."""


def solve(n):
    columns, up, down = set(), set(), set()

    def place(row):
        if row == n:
            return 1
        found = 0
        for column in range(n):
            if column in columns or row + column in up or row - column in down:
                continue
            columns.add(column)
            up.add(row + column)
            down.add(row - column)
            found += place(row + 1)
            columns.remove(column)
            up.remove(row + column)
            down.remove(row - column)
        return found
    return place(0)


def bits(n):
    full = (1 << n) - 1

    def place(columns, left, right):
        if columns == full:
            return 1
        free = full & ~(columns | left | right)
        found = 0
        while free:
            bit = free & -free
            free ^= bit
            found += place(columns | bit, (left | bit) << 1, (right | bit) >> 1)
        return found
    return place(0, 0, 0)


print(solve(11), bits(12), bits(13))
