"""Sorting: numbers, texts, tuples, keys, equal keys, nearly sorted."""

x = 99
data = []
for _ in range(350000):
    x = x * 1103515245 + 12345 & 0x7FFFFFFF
    data.append(x)
texts = [str(n) for n in data[:180000]]
records = [(n % 50, t, n) for n, t in zip(data, texts)]
print(sorted(data)[1000], sorted(data, reverse=True)[1000])
print(sorted(texts)[500], sorted(texts, key=len)[0], sorted(texts, key=int)[7])
print(sorted(records)[9], sorted(records, key=lambda r: r[0])[20000][2], sorted(records, key=lambda r: (r[0], -r[2]))[30000])
nearly = list(range(600000))
nearly[500], nearly[150000] = nearly[150000], nearly[500]
nearly.sort()
same = [7] * 600000
same.sort()
floats = [n / 3 for n in data]
floats.sort()
print(nearly[500], same[0], f"{floats[77]:.3f}")
