# memory
"""Holds a million short texts."""
texts = [f"text number {i}" for i in range(1000000)]
print(len(texts), texts[777])
