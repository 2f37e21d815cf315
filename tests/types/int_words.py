"""Sums, differences and quotients of large ints of all signs, where the highest words tell the quotient and where not."""

samples = [0, 1, -1, 2**64, -(2**64) - 1, 2**127 - 1, 2**128]
for words in (2, 3, 8, 9, 17, 40):
    for offset in (-12345, -1, 0, 1, 3**40):
        samples += [2 ** (64 * words) + offset, -(2 ** (64 * words - 1)) + offset, 5 ** (27 * words) - offset]
total = 0
for a in samples:
    for b in samples:
        total = (total * 31 + (a + b) - 3 * (a - b)) % (2**521 - 1)
        assert (a + b) - b == a and (a - b) + b == a and a - a == 0 and a + -a == 0
        for c in (1, 2, 9, 2**20, 2**63, 2**64 - 1):
            for d in (-1, 0, 1, b // 2, b >> 40):
                if b:
                    n = b * c + d
                    total = (total * 31 + n // b * 7 + n % b) % (2**521 - 1)
                    total = (total * 31 + -n // b * 7) % (2**521 - 1)
                    assert n // b * b + n % b == n
print(hex(total))


class Number(int):
    pass


print(Number(2**200) // Number(3**100), Number(0) // 2**200, Number(5) // Number(2), Number(-5) + Number(2**90))
