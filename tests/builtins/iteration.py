print(list(enumerate("ab")), list(enumerate("ab", 5)), list(enumerate(iterable=[1], start=-1)), list(zip("ab", [1, 2, 3])), list(zip()), list(zip("a")), list(zip([1], [2], strict=True)))
print(list(map(str, [1, 2])), list(map(lambda a, b: a + b, [1, 2], [3, 4, 5])), list(filter(None, [0, 1, "", "a"])), list(filter(lambda x: x > 1, [1, 2, 3])), list(map(pow, [2, 3], [3, 2])))
print(list(reversed([1, 2])), list(reversed("ab")), list(reversed(range(3))), list(reversed((1, 2))), list(reversed({"a": 1, "b": 2})), sorted("bca"), sorted([3, 1], reverse=True), sorted({2: "b", 1: "a"}))
it = iter([1, 2, 3])
print(next(it), next(it), next(it), next(it, "end"), list(it), list(iter(int, 1))[:0] if False else "-")
print(list(range(3)), list(range(1, 10, 4)), len("abc"), len({1: 2}), len(range(0, 10, 3)), iter(it) is it)
e = enumerate("xy")
print(next(e), next(e), next(e, None), type(e).__name__, type(zip()).__name__, type(map(str, ())).__name__, type(filter(None, ())).__name__, type(reversed([])).__name__, type(iter(())).__name__, type(iter("")).__name__, type(iter({})).__name__, type(iter(set())).__name__, type(iter(b"")).__name__)
z = zip([1, 2], iter([3]))
print(list(z))
src = iter([1, 2, 3])
print(list(zip(src, [10])), list(src))
for f in (lambda: list(zip([1], [1, 2], strict=True)), lambda: list(zip([1, 2], [1], strict=True)), lambda: list(zip([1], [1], [], strict=True)), lambda: next(iter([])), lambda: next(5), lambda: iter(5), lambda: enumerate(5), lambda: zip(5), lambda: map(str), lambda: map(), lambda: list(map(5, [1])), lambda: filter(None), lambda: reversed({1}), lambda: reversed(5), lambda: sorted(), lambda: sorted([1], 5), lambda: len(), lambda: iter(5, 1), lambda: enumerate(), lambda: list(filter(5, [1])), lambda: reversed(x for x in ()), lambda: zip([1], foo=1), lambda: enumerate([], "a"), lambda: next(), lambda: sorted(1)):
    try:
        print(f())
    except StopIteration as e:
        print("StopIteration", e.value)
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)


class Broken:
    def __iter__(self):
        return self

    def __next__(self):
        raise ValueError("broken")


for fn in (list, tuple, set, sum, max, sorted, lambda b: list(map(str, b)), lambda b: list(zip(b)), lambda b: [*b], lambda b: dict(b), lambda b: "".join(b), lambda b: 1 in b, enumerate and (lambda b: next(enumerate(b)))):
    try:
        fn(Broken())
    except ValueError as e:
        print(e, end=" ")
print()
