"""Sets of numbers and texts: building, tests, unions, a walk over a graph."""

a = set(range(0, 800000, 2))
b = set(range(0, 800000, 3))
total = 0
for _ in range(4):
    total += len(a & b) + len(a | b) + len(a - b) + len(a ^ b)
hits = 0
for i in range(3000000):
    if i in a:
        hits += 1
texts = {f"t{i % 5000}" for i in range(500000)}
seen = {1}
edge = [1]
while edge:
    following = []
    for n in edge:
        for m in (n * 2 % 300007, (n + 7) % 300007, n * n % 300007):
            if m not in seen:
                seen.add(m)
                following.append(m)
    edge = following
frozen = {frozenset((i % 100, i % 77)) for i in range(300000)}
print(total, hits, len(texts), len(seen), len(frozen))
