from itertools import count, cycle, repeat, islice
print(list(islice(count(), 3)), list(islice(count(5, 2), 3)), list(islice(count(0.5, 0.5), 3)), list(islice(count(10, -1), 3)), repr(count(3)), repr(count(3, 2)), next(count(10 ** 20)))
print(list(islice(cycle("ab"), 5)), list(cycle([])), list(repeat(1, 3)), list(repeat("x", 0)), list(islice(repeat(7), 2)), repr(repeat(1, 2)), repeat(1, 5).__length_hint__(), list(repeat(object=1, times=2)), list(repeat(1, -1)))
print(list(islice("abcdef", 2)), list(islice("abcdef", 1, 4)), list(islice("abcdef", 0, None, 2)), list(islice("abc", None)), list(islice("abcdef", 2, 100, 3)), list(islice([], 5)))
it = iter(range(10))
print(list(islice(it, 3)), next(it), list(islice(it, 2, 4)), list(it))
for f in (lambda: count("a"), lambda: cycle(5), lambda: repeat(), lambda: islice("abc"), lambda: islice("abc", -1), lambda: islice("abc", 1, 2, 0), lambda: islice(5, 1), lambda: islice("a", "b"), lambda: repeat(1, "a"), lambda: count(1, 2, 3)):
    try:
        print(f())
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)
