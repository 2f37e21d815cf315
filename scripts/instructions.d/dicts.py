"""Dictionaries and sets: counting, look-ups, iteration."""
counts = {}
seen = set()
for i in range(6000):
    key = i * 7 % 501
    counts[key] = counts.get(key, 0) + 1
    if key not in seen:
        seen.add(key)
names = {f"name{i}": i for i in range(500)}
total = sum(value for key, value in names.items() if key.endswith("7"))
print(len(counts), len(seen), total)
