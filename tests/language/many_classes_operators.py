# Instances of thousands of classes at sites of operators between built-in types: their numbers are no other types'.
def answers(name):
    return lambda self, other: name


methods = {"__add__": answers("add"), "__sub__": answers("sub"), "__or__": answers("or"), "__mod__": answers("mod")}
classes = [type(f"C{number}", (), methods) for number in range(4500)]
source = """
def add_list(a, b): return a + b
def add_tuple(a, b): return a + b
def sub(a, b): return a - b
def join(a, b): return a | b
def form(a, b): return a % b
def add_right(a, b): return a + b
"""
wrong = 0
for place, cls in enumerate(classes):
    if 3500 < place < 4400:
        space = {}
        exec(source, space)
        _, add_list, add_tuple, sub, join, form, add_right = space.values()
        for _ in range(4):
            add_list([1], [2])
            add_tuple((1,), (2,))
            sub({1}, {2})
            join({1: 2}, {3: 4})
            form("%s", 1)
            add_right([1], [2])
        x = cls()
        found = add_list(x, [2]), add_tuple(x, (2,)), sub(x, {2}), join(x, {}), form(x, 1)
        if found != ("add", "add", "sub", "or", "mod"):
            wrong += 1
        try:
            add_right([1], x)
            wrong += 1
        except TypeError:
            pass
print("wrong:", wrong)
