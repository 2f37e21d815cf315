"""Lists: indexing, slices, sorting, nested loops."""
n = 40
rows = [[i * j % 17 for j in range(n)] for i in range(n)]
total = 0
for i in range(n):
    row = rows[i]
    for j in range(n):
        row[j] += rows[j][i]
        total += row[j]
flat = [x for row in rows for x in row]
flat.sort()
flat[100:200] = flat[200:100:-1]
while len(flat) > 500:
    flat.pop()
print(total, sum(flat), flat.count(16), sorted(flat, key=lambda x: -x)[0])
