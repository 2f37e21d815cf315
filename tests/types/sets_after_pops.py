# What was popped leaves its mark on the order of sets, and on where `pop` goes on.
for size in (3, 5, 20, 300):
    emptied = set(range(5, 5 + size))
    for _ in range(size):
        emptied.pop()
    emptied |= {978, 970, 883}
    print(size, list(emptied))
    emptied.update(range(2000, 2000 + size))
    print(sum(n * place for place, n in enumerate(emptied)))

several = set(range(10))
for _ in range(3):
    several.pop()
several |= {0, 1}
several &= set(range(10))
print(several.pop(), sorted(several))
several.intersection_update(range(3, 8), {0, 4, 5, 6})
print(several.pop(), sorted(several))
several &= several
print(several.pop(), sorted(several))

# Unions and differences of sets that grew, shrank and were emptied, in their order.
state = 12345
sets = [set(), {1}, set(range(40)), {n * 97 for n in range(60)}]
trail = 0
for step in range(4000):
    state = (state * 1103515245 + 12345) & 0x7FFFFFFF
    one, other = sets[state >> 8 & 3], sets[state >> 12 & 3]
    kind = (state >> 16) % 9
    number = (state >> 20) % 500
    if kind == 0:
        one.add(number)
    elif kind == 1:
        one.discard(number)
    elif kind == 2 and one:
        trail = trail * 31 + one.pop() & 0xFFFFFFFF
    elif kind == 3:
        one |= other
    elif kind == 4 and one is not other:
        one -= other
    elif kind == 5:
        one ^= {number, number * 7, number + 1}
    elif kind == 6:
        one &= other | {number}
    elif kind == 7:
        sets[state >> 8 & 3] = one ^ other
    else:
        sets[state >> 8 & 3] = one - {number} | {number + 3}
    for element in one:
        trail = trail * 33 + element & 0xFFFFFFFF
print(trail, [len(s) for s in sets])

# Frozen sets of a few elements as keys and elements.
table = {}
for n in range(3000):
    key = frozenset((n % 7, n % 5, str(n % 3)))
    table[key] = table.get(key, 0) + 1
print(len(table), sorted(table.values())[:5], frozenset((1, 2)) == frozenset((2, 1)))
print({frozenset((1,)), frozenset((1.0,)), frozenset((True,))} == {frozenset((1,))})
