"""Numbers: large ones, fractions of them, bits, floats in lists."""

import math
import random


def root(number, digits):
    """Newton's method for the square root, in whole numbers."""
    scaled = number * 10 ** (2 * digits)
    guess = 1 << (scaled.bit_length() // 2 + 1)
    while True:
        better = (guess + scaled // guess) // 2
        if better >= guess:
            return guess
        guess = better


def is_probable_prime(number):
    if number < 4 or number % 2 == 0:
        return number in (2, 3)
    odd, twos = number - 1, 0
    while odd % 2 == 0:
        odd //= 2
        twos += 1
    for base in (2, 3, 5, 7):
        x = pow(base, odd, number)
        if x in (1, number - 1):
            continue
        for _ in range(twos - 1):
            x = x * x % number
            if x == number - 1:
                break
        else:
            return False
    return True


def harmonic(count):
    top, bottom = 0, 1
    for n in range(1, count):
        top, bottom = top * n + bottom, bottom * n
        if n % 16 == 0:
            common = math.gcd(top, bottom)
            top, bottom = top // common, bottom // common
    return top, bottom


def bits(count):
    state, seen = 1, 0
    for _ in range(count):
        state ^= state << 13 & 0xFFFFFFFF
        state ^= state >> 17
        state ^= state << 5 & 0xFFFFFFFF
        seen |= 1 << state % 61
        if state & 1 == 0:
            seen ^= 3
    return seen


def relax(size, rounds):
    field = [[float(x * y % 7) for x in range(size)] for y in range(size)]
    for _ in range(rounds):
        for y in range(1, size - 1):
            row, above, below = field[y], field[y - 1], field[y + 1]
            for x in range(1, size - 1):
                row[x] = (row[x - 1] + row[x + 1] + above[x] + below[x]) * 0.25
    return sum(map(sum, field))


random.seed(5)
for _ in range(20):
    text = str(root(2, 1500))
    top, bottom = harmonic(600)
    print(text[:10], sum(map(int, text)) % 97, int(text) % 1000003, len(str(top)), bottom % 10007)
    print(sum(is_probable_prime(n) for n in range(10 ** 12, 10 ** 12 + 600)), bits(60000), round(relax(40, 25), 6))
    values = [random.random() for _ in range(20000)]
    mean = sum(values) / len(values)
    print(round(math.sqrt(sum((v - mean) ** 2 for v in values) / len(values)), 4), max(values) > min(values), divmod(-7, 3))
