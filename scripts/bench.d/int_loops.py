"""Loops over whole numbers: longest Collatz chain, greatest common divisors, a digit sum."""


def collatz(limit):
    best = longest = 0
    for start in range(1, limit):
        n, length = start, 1
        while n != 1:
            if n % 2:
                n = 3 * n + 1
            else:
                n //= 2
            length += 1
        if length > longest:
            best, longest = start, length
    return best, longest


def divisors(limit):
    total = 0
    for a in range(1, limit):
        for b in range(a, limit, 7):
            x, y = a, b
            while y:
                x, y = y, x % y
            total += x
    return total


def digits(limit):
    total = 0
    n = 0
    while n < limit:
        m = n
        while m > 0:
            total += m % 10
            m //= 10
        n += 3
    return total


print(collatz(120000), divisors(900), digits(900000))
