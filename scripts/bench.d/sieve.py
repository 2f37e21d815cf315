"""Lists: prime numbers by crossing out, once with slices and once item by item."""


def by_slices(limit):
    flags = [True] * limit
    flags[0] = flags[1] = False
    for n in range(2, int(limit ** 0.5) + 1):
        if flags[n]:
            flags[n * n::n] = [False] * len(range(n * n, limit, n))
    return sum(flags)


def by_items(limit):
    flags = [True] * limit
    found = 0
    for n in range(2, limit):
        if flags[n]:
            found += 1
            m = n * n
            while m < limit:
                flags[m] = False
                m += n
    return found


print(by_slices(6000000), by_items(4000000))
