# The numbers that hash() gives for numbers, tuples and frozensets of numbers do not depend on the hash seed.
print(hash(0), hash(1), hash(-1), hash(-2), hash(2 ** 31), hash(2 ** 61 - 2), hash(2 ** 61 - 1), hash(2 ** 61), hash(2 ** 100), hash(-2 ** 100), hash(3 ** 80))
print(hash(0.5), hash(1.0), hash(-0.0), hash(float("inf")), hash(float("-inf")), hash(1e300), hash(0.1), hash(-1.0), hash(1.5), hash(-0.1))
print(hash(True), hash(False))
print(hash(()), hash((1,)), hash((1, 2, 3)), hash((1, (2, 3))), hash((0.5, -1)))
print(hash(frozenset()), hash(frozenset([1])), hash(frozenset([1, 2])), hash(frozenset(range(10))))
