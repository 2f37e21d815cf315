# memory
"""Holds a million tuples of two items."""
tuples = [(i, None) for i in range(1000000)]
print(len(tuples), tuples[777][0])
