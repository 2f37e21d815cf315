# `isinstance` with a class, a tuple of classes and tuples in tuples, which are counted.


def check(x, classes):
    return isinstance(x, classes)


class A:
    pass


class B(A):
    pass


deep = (int,)
for _ in range(50000):
    deep = (deep, str)
shallow = (A, (int, (B, (float,))))

for _ in range(3):
    print(check(B(), A), check(B(), B), check(1, A), check(True, int))
    print(check(B(), (int, A)), check(1.5, shallow), check("", shallow), check(B(), ()))
    for classes in (deep, (int, 3), (3, int), (str, (3,)), 3):
        for x in (1, "text", 1.5):
            try:
                print(check(x, classes))
            except (RecursionError, TypeError) as error:
                print(type(error).__name__, error)


def check_made(make, make_classes):
    return isinstance(make(), make_classes())


def check_taken(functions):
    return functions[0](functions.pop(), int)


# The object is the tuple of classes, or the function that is called, and nothing else holds it.
for _ in range(4):
    held = [tuple([int, str])]
    print(check_made(lambda: held[0], lambda: held.pop()), held)
    print(check_taken([isinstance]))
