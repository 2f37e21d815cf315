"""Extended slices that get another list: lengths, the list itself, what dies and when."""


target = []


class Noisy:
    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return self.name

    def __del__(self):
        print("dies", self.name, len(target))


target = list(range(10))
target[::3] = [Noisy(c) for c in "abcd"]
print(target)
new = ["w", "x", "y", "z"]
target[::3] = new
print(target, new)
target[9::-3] = new
print(target)
target[::2] = target[:5]
print(target)
target[::-1] = target
print(target)
same = Noisy("same")
target[::5] = [same, same]
del same
target[5::5] = [0]
print("one is left")
target[::5] = [None, None]
for value in ([1], [1, 2, 3], [], (1, 2), "ab", {1, 2}, 5):
    try:
        target[::5] = value
        print(target[::5])
    except (ValueError, TypeError) as error:
        print(error)
print(sum([True, False, True, 5, True]), sum([True]), sum([True, 0.5, True]), sum([True, False], 2.5), type(sum([True])))
for n in (-1, 0, 1, 3):
    item = object()
    print(len([item] * n), len([item, None] * n), ([item] * n).count(item))


class Hook:
    def __del__(self):
        print("hook", many)
        many.clear()


many = [Hook(), 1, 2, 3]
many[::2] = ["p", "q"]
print(many)
text = "héllo"
print([c for c in "hello"], [c for c in text], [c for c in text[:1] * 3])
walk = iter("abc")
for c in walk:
    print(c, list(walk))
for c in walk:
    print("never")
