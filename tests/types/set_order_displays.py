# The order of a set of ints depends on the room that its table has: a display of constants makes all room at once.
print({33, 1, 17, 5, 9}, {33, 1, 17, 5, 9, 65}, {100, 3, 35, 67, 19, 51}, {8, 1, 2} | {40, 72, 104})
for made in ({33, 1, 17, 5, 9}, set({33, 1, 17, 5, 9}), set([33, 1, 17, 5, 9]), frozenset([33, 1, 17, 5, 9])):
    print(made, made.copy(), made | {3}, made - {1}, made & {33, 1, 17}, made ^ {2, 34})
print({*{33, 1, 17, 5, 9}, 3}, {x for x in (33, 1, 17, 5, 9)}, set(frozenset((33, 1, 17, 5, 9))))
grown = set()
for n in (33, 1, 17, 5, 9):
    grown.add(n)
print(grown)
grown.update({65, 97, 129})
print(grown)
few = {1, 2}
few |= {33, 34, 35, 66, 99, 132}
print(few)
print({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 50, 82}, {33, 1}, {33, 1, 65})
