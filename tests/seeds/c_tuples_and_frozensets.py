# "Tuples and frozensets are reused when possible": what is true of it.
print(() is tuple([]))
t = (1, 2)
print(tuple(t) is t, t[:] is t)
f = frozenset([1])
print(frozenset(f) is f, frozenset() is frozenset([]))


def constant():
    return (1, 2, 3)


print(constant() is constant())
