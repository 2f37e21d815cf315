# expect: own
# Strings are hashed by another function than CPython's, so that a set of strings has another order for the same
# PYTHONHASHSEED. The hashes of numbers are the same.
print(hash("snake"))
print({"ant", "bee", "cat", "dog", "eel", "fox"})
print(hash(12345), hash(-1), hash(2 ** 61), hash(0.5))
