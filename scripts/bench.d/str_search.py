"""Strings: split, find, strip, startswith, partition and comparisons over many lines."""

lines = []
x = 7
for i in range(350000):
    x = x * 1103515245 + 12345 & 0x7FFFFFFF
    lines.append(f"  key{x % 997}={x >> 7}; flag={'yes' if x & 256 else 'no'} # comment {i}  ")
text = "\n".join(lines)
values = {}
flags = 0
for line in text.split("\n"):
    line = line.strip()
    body, _, comment = line.partition("#")
    for field in body.split(";"):
        key, sep, value = field.strip().partition("=")
        if key.startswith("key"):
            values[key] = value
        elif value == "yes":
            flags += 1
found = position = 0
while True:
    position = text.find("flag=yes", position)
    if position < 0:
        break
    found += 1
    position += 1
same = sum(1 for line in lines if line.endswith("  ") and "comment" in line and not line.isspace())
print(len(text), len(values), flags, found, same, text.count("key99"), text.rfind("flag"))
