def forever():
    while True:
        yield 1


g = forever()
g2 = (x for x in g)
next(g2)
del g
print(next(g2))


def reenter():
    try:
        next(it)
    except ValueError as e:
        yield str(e)


it = reenter()
print(next(it))


class Weird:
    def __iter__(self):
        return iter([])

    def __next__(self):
        return 1


print(list(Weird()))


class LenLies:
    def __len__(self):
        return 10 ** 18

    def __iter__(self):
        return iter([1, 2])


try:
    print(list(LenLies()))
except MemoryError:
    print([1, 2])


class HintLies:
    def __length_hint__(self):
        return -5

    def __iter__(self):
        return iter([1])


try:
    print(list(HintLies()))
except ValueError as e:
    print(e)


class Endless:
    def __getitem__(self, i):
        return i


it = iter(Endless())
print(next(it), next(it), [x for x, _ in zip(Endless(), range(3))])
m = map(lambda x: next(m, "inner"), [1, 2])
try:
    print(list(m))
except (ValueError, RecursionError) as e:
    print(type(e).__name__)
z = zip(it := iter([1, 2, 3, 4]), it)
print(list(z))
import itertools
a, b = itertools.tee(iter([1, 2, 3]))
del a
print(list(b))
l = []
l.append(iter(l))
print(next(l[0]) is l[0])
