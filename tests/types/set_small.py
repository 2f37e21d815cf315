# Sets of few ints: the order is that of the places of a table of eight, whatever becomes of the keys.
import itertools


def show(*sets):
    print(*(list(items) for items in sets))


for numbers in itertools.permutations((3, 11, 19, 8)):
    made = set()
    for number in numbers:
        made.add(number)
    display = {numbers[0], numbers[1], numbers[2], numbers[3]}
    assert list(made) == list(display) == list(set(numbers)) == list(made.copy())
    show(made)

print("# removed and added")
for gone in (1, 9, 17, 0):
    items = {1, 9, 17, 0}
    items.discard(gone)
    show(items, items.copy(), set(items), items | {25}, items - {1}, items & {9, 17}, items ^ {2})
    items.add(gone + 8)
    show(items, frozenset(items))
    items.add(gone)
    show(items)
    items.update((5, 6, 7))
    show(items)

print("# popped")
items = {4, 12, 20, 28}
popped = []
while items:
    popped.append(items.pop())
    if len(popped) < 9:
        items.add(len(popped) * 3)
print(popped, items)
items.add(7)
show(items)

print("# many deleted places")
items = set()
for number in range(40):
    items.add(number)
    if number > 2:
        items.discard(number - 3)
    if number % 9 == 0:
        show(items)
for number in range(30, 60):
    items.discard(number)
show(items)
items |= {1, 2, 3}
items -= {2}
items |= {10, 18}
show(items)

print("# four become five, and few again")
items = {1, 2, 3, 4}
items.add(5)
show(items)
items -= {1, 2, 3, 4}
items |= {13, 21}
show(items, items.copy(), frozenset(items), set(items))

print("# comparisons that change the set")


class Number:
    def __init__(self, value, change=None):
        self.value, self.change, self.calls = value, change, 0

    def __hash__(self):
        return self.value

    def __eq__(self, other):
        self.calls += 1
        if self.change and self.calls <= 3:
            self.change(self.calls)
        return False

    def __repr__(self):
        return f"Number({self.value})"


for change in ("items.add(calls + 40)", "items.clear()", "items.discard(1)", "items.update((2, 3, 4, 5, 6))", "items.pop()"):
    for start in ([], [9], [9, 17], [9, 17, 25]):
        items = {1, *start}
        number = Number(1, lambda calls: exec(change, {"items": items, "calls": calls}))
        found = number in items
        items.add(number)
        print(change, found, list(items), number.calls)

print("# iteration")
items = {1, 2}
try:
    for item in items:
        items.add(item + 10)
except RuntimeError as error:
    print(error)
show(items)
iterator = iter({3, 1, 2})
print(next(iterator), iterator.__length_hint__(), list(iterator))
print({1, 2} == {2, 1}, {1} < {1, 2}, hash(frozenset((1, 2))) == hash(frozenset((2, 1))), {(): 1}.keys() & {()})
