"""Exceptions: raised and caught near and far, with finally and else."""


class Problem(Exception):
    def __init__(self, code):
        super().__init__(code)
        self.code = code


def risky(n):
    if n % 3 == 0:
        raise Problem(n)
    if n % 7 == 0:
        raise ValueError("seven")
    return n


def deep(n, depth):
    return risky(n) if depth == 0 else deep(n, depth - 1)


caught = total = cleaned = quiet = 0
for i in range(700000):
    try:
        total += risky(i)
    except Problem as e:
        caught += e.code & 1
    except ValueError:
        caught += 1
    else:
        quiet += 1
    finally:
        cleaned += 1
for i in range(200000):
    try:
        deep(i, 5)
    except (Problem, ValueError):
        caught += 1
table = {i: i for i in range(0, 1000, 2)}
missing = 0
for i in range(700000):
    try:
        table[i % 1000]
    except KeyError:
        missing += 1
print(caught, total, cleaned, quiet, missing)
