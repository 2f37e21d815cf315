"""Strings: building, formatting, splitting, searching."""
parts = []
for i in range(1500):
    parts.append(f"{i:04d}:{i % 7}")
text = ",".join(parts)
grown = ""
for word in text.split(","):
    left, right = word.split(":")
    if right == "3" and word.startswith("0"):
        grown += left.replace("0", "o").upper()
print(len(text), len(grown), text.count("99"), text.find("1499"), "%s %.3f" % (grown[:8], len(grown) / 7))
