from itertools import accumulate, batched, chain, compress, dropwhile, filterfalse, groupby, pairwise, starmap, takewhile, tee, zip_longest
import operator
print(list(accumulate([1, 2, 3, 4])), list(accumulate([1, 2, 3], operator.mul)), list(accumulate([1, 2], initial=10)), list(accumulate([])), list(accumulate([3, 1, 2], max)), list(accumulate("abc")), list(accumulate([], initial=0)))
print(list(batched("abcdefg", 3)), list(batched([], 2)), list(chain("ab", [1], ())), list(chain.from_iterable(["ab", "c"])), list(chain()), list(compress("abcd", [1, 0, 1, 0])), list(compress("abc", [1])))
print(list(dropwhile(lambda x: x < 3, [1, 2, 3, 1])), list(takewhile(lambda x: x < 3, [1, 2, 3, 1])), list(filterfalse(lambda x: x % 2, range(5))), list(filterfalse(None, [0, 1, ""])), list(starmap(pow, [(2, 3), (3, 2)])), list(pairwise("abcd")), list(pairwise("a")))
print([(k, list(g)) for k, g in groupby("aabbbca")], [(k, len(list(g))) for k, g in groupby([1, 3, 2, 4], key=lambda x: x % 2)], [k for k, g in groupby([])], list(zip_longest("abc", "x", fillvalue="-")), list(zip_longest([1], [2, 3])), list(zip_longest()))
a, b, c = tee([1, 2, 3], 3)
print(next(a), next(a), list(b), list(a), list(c), tee("x", 0))
g = groupby("aab")
k1, g1 = next(g)
k2, g2 = next(g)
print(k1, list(g1), k2, list(g2))
for f in (lambda: list(batched("ab", 0)), lambda: list(batched("abc", 2, strict=True)), lambda: chain(5) and list(chain(5)), lambda: list(chain.from_iterable(5)), lambda: list(starmap(pow, [5])), lambda: accumulate(), lambda: tee([], -1), lambda: compress("a"), lambda: groupby(), lambda: list(takewhile(None, [1])), lambda: zip_longest(1), lambda: zip_longest([1], foo=2), lambda: pairwise(5), lambda: list(accumulate([1, "a"])), lambda: filterfalse(5)):
    try:
        print(f())
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)
print(type(chain()).__name__, type(pairwise("")).__name__, type(tee("")[0]).__name__)
