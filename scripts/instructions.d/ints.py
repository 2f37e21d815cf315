"""Loops of ints: Collatz, remainders, a while loop, big ones."""


def collatz(n):
    steps = 0
    while n != 1:
        n = n // 2 if n % 2 == 0 else 3 * n + 1
        steps += 1
    return steps


total = 0
for i in range(1, 400):
    total += collatz(i)
big = 1
for i in range(1, 200):
    big *= i
print(total, big % 1000003, big.bit_length())
