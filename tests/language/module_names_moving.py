"""Names of a module body whose namespace gains and loses other names in a loop, and builtins that are hidden and shown."""
total = 0
limit = 3
for i in range(6):
    temporary = i
    total += temporary + limit
    try:
        raise ValueError(i)
    except ValueError as error:
        total += error.args[0]
    del temporary
    if i == 3:
        len = lambda value: 100
    if i == 4:
        del len
    total += len("ab")
    print(i, total, "error" in globals(), "temporary" in globals())
for i in range(4):
    try:
        print(late)
    except NameError as error:
        print(error)
        late = i
    else:
        del late
namespace = globals()
for i in range(4):
    namespace[f"made{i}"] = i
    first = i
    namespace.pop("first", None)
    try:
        print(first, made0)
    except NameError as error:
        print(error)
    if i == 2:
        # The same name again, at another place and as another object.
        for name in list(namespace):
            if name.startswith("made"):
                del namespace[name]
        namespace["".join(["ma", "de", "0"])] = "moved"


def use():
    global counter, total
    counter += 1
    total = counter
    return counter + limit


counter = 0
for i in range(5):
    print(use(), total, len("abc"))
    del total
    if i == 2:
        limit = "x"
        try:
            use()
        except TypeError as error:
            print(error)
        limit = 50
total = 0
exec("for k in range(3):\n other = k\n shown = other + 1\n del other\nprint(shown)", {})
exec("for k in range(3):\n other = k\n shown = other + 1\n del other\nprint(shown)", {}, {})


class Body:
    for k in range(4):
        other = k
        shown = other + limit
        del other
    print(shown, len("abcd"))
