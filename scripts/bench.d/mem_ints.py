# memory
"""Holds three million whole numbers."""
ints = [i * 3 for i in range(3000000)]
print(len(ints), ints[777])
