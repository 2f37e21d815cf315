"""Dictionaries with number and tuple keys: memory for results, grid paths, a histogram."""


def lengths(limit):
    known = {1: 1}
    for start in range(2, limit):
        path = []
        n = start
        while n not in known:
            path.append(n)
            n = n // 2 if n % 2 == 0 else 3 * n + 1
        length = known[n]
        for m in reversed(path):
            length += 1
            known[m] = length
    return max(known.values()), len(known)


def paths(n):
    table = {}
    for i in range(n):
        for j in range(n):
            table[i, j] = 1 if i == 0 or j == 0 else (table[i - 1, j] + table[i, j - 1]) % 1000007
    return table[n - 1, n - 1]


def histogram(n):
    seen = {}
    x = 1
    for _ in range(n):
        x = x * 1103515245 + 12345 & 0x7FFFFFFF
        k = x >> 16 & 1023
        seen[k] = seen.get(k, 0) + 1
    return len(seen), max(seen.values())


print(lengths(300000), paths(600), histogram(1500000))
