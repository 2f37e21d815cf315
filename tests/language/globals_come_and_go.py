# Globals that are bound and deleted while other look-ups of the module go on.
len_before = 0
for i in range(60):
    try:
        raise ValueError(i)
    except ValueError as error:
        len_before += len(str(error.args[0]))
    if i % 7 == 0:
        temporary = i
        assert temporary == i
        del temporary
print(len_before)


def measure(items):
    return len(items)


print([measure([1, 2]) for _ in range(20)][-1])
len = lambda items: "mine"
print(measure([1, 2]))
del len
print(measure([1, 2]))
globals()["le" + "n"] = lambda items: "not interned"
print(measure([1, 2]))
del globals()["".join(["l", "en"])]
print(measure([1, 2, 3]))


def first():
    return shared


for value in range(5):
    shared = value
    assert [first() for _ in range(20)] == [value] * 20
    del shared
    try:
        first()
    except NameError as error:
        message = error
print(message)


class Name(str):
    pass


globals()[Name("len")] = lambda items: "a subclass"
print(measure([1]))
globals().clear() if False else globals().pop("len")
print(measure([1]))
for i in range(300):
    globals()[f"name{i}"] = i
    assert measure([i]) == 1
print(name299, first.__name__)
names = [name for name in globals() if name.startswith("name")]
print(names[:3], names[-1])
