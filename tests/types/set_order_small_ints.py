# The order of a set of small ints follows their hashes in CPython's table.
print({1, 2, 3}, {3, 2, 1}, {5, 0, 9}, set(range(10)), {100, 1, 50}, {8, 0}, {0, 8}, {-1, -2}, {1, 17, 33})
s = {1, 2, 3}
s.add(0)
s.discard(2)
s.add(2)
print(s, list(s), frozenset(s), s.pop(), s)
print({i * i for i in range(6)}, set([3, 3, 1]), {1, 2} | {0}, {4, 3} - {3}, {True, 0}, {1.5, 2, 3})
print(set(range(20)) - {5}, list({n % 7 for n in range(50)}), {2 ** 40, 1})
