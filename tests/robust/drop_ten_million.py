# stress: skip
# A list of ten million links, each in the next: it is dropped without depth.
link = None
for _ in range(10_000_000):
    link = [link]
link = None
print("dropped")
