# memory
"""Holds a million lists of two items."""
lists = [[i, None] for i in range(1000000)]
print(len(lists), lists[777][0])
