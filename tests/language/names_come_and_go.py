"""Names of a module that are bound and deleted again and again, with others that stay."""


def names():
    return [name for name in globals() if not name.startswith("__")]


def value_of(name):
    return globals().get(name, "nothing")


for i in range(40):
    try:
        raise ValueError(i)
    except ValueError as error:
        last = error.args[0]
    try:
        error
    except NameError as other:
        if i % 13 == 0:
            print(other, last, names())

for i in range(5):
    first = i
    del first
    second = i * 2
    print(value_of("first"), value_of("second"), names()[-2:])
    first = i * 3
    print(value_of("first"), value_of("second"), names()[-2:])
    del second
    del first


def read_first():
    return first


def read_third():
    return third


for i in range(5):
    first = i
    print(read_first())
    del first
    third = i * 10
    print(read_third())
    try:
        read_first()
    except NameError as error:
        print(error)
    del third

# A name that hides a builtin comes and goes as well.
for i in range(4):
    print(len("abc"))
    len = lambda text: "mine"
    print(len("abc"))
    del len
print(len("abcd"))

table = {}
for i in range(4):
    table["x"] = i
    table["y"] = i
    del table["y"]
    table["y"] = -i
    del table["y"], table["x"]
    table["y"] = 1
    print(table, list(table))
    del table["y"]
