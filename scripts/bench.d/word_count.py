"""Dictionaries with text keys: counting words, grouping them, an index."""

syllables = ["ka", "to", "mi", "re", "sun", "lo", "ba", "ne", "shi", "ro"]
words = []
x = 42
for _ in range(700000):
    x = x * 1103515245 + 12345 & 0x7FFFFFFF
    words.append(syllables[x >> 8 & 7] + syllables[x >> 12 & 7] + (syllables[x >> 20 & 7] if x & 65536 else ""))
text = " ".join(words)
counts = {}
for word in text.split():
    if word in counts:
        counts[word] += 1
    else:
        counts[word] = 1
first = {}
for number, word in enumerate(words):
    first.setdefault(word[0], []).append(number)
index = {}
for number, word in enumerate(words):
    index[word.upper()] = index.get(word.upper(), 0) + number
top = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:3]
print(len(text), len(counts), top, sorted((k, len(v)) for k, v in first.items())[:3], sum(index.values()))
