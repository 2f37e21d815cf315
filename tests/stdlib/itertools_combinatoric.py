from itertools import product, permutations, combinations, combinations_with_replacement as cwr
print(list(product("ab", [1, 2])), list(product("ab", repeat=2)), list(product()), list(product([], [1])), list(product([1], repeat=0)))
print(list(permutations("abc", 2)), list(permutations([1, 2, 3])), list(permutations([], 0)), list(permutations("ab", 5)), list(permutations("a")))
print(list(combinations("abcd", 2)), list(combinations([1, 2], 3)), list(combinations("abc", 0)), list(cwr("abc", 2)), list(cwr([], 1)), list(cwr("a", 3)))
print(len(list(permutations(range(6)))), len(list(combinations(range(10), 5))), len(list(product(range(3), repeat=5))), len(list(cwr(range(5), 3))))
for f in (lambda: permutations("a", -1), lambda: combinations("a"), lambda: combinations("a", -1), lambda: product(5), lambda: product("a", repeat=-1), lambda: permutations(5), lambda: combinations("ab", "x"), lambda: cwr("a", -1), lambda: product("a", foo=1)):
    try:
        print(list(f()))
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)
