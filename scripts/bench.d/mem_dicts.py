# memory
"""Holds 200 000 small dictionaries and a large one."""
dicts = [{"key": i, "value": None} for i in range(200000)]
large = {i: None for i in range(1000000)}
print(len(dicts), len(large), dicts[777]["key"])
