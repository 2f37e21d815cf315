# How many arguments the special methods of built-in classes want, in CPython's words.
class Plain:
    pass


def attempt(call):
    try:
        print(call())
    except TypeError as error:
        print(error)


p = Plain()
attempt(lambda: (5).__add__())
attempt(lambda: (5).__add__(1, 2))
attempt(lambda: int.__add__())
attempt(lambda: (5).__pow__())
attempt(lambda: (5).__pow__(1, 2, 3))
attempt(lambda: (5).__rpow__())
attempt(lambda: (5).__neg__(1))
attempt(lambda: [].__len__(1))
attempt(lambda: [].__setitem__(1))
attempt(lambda: [].__setitem__(1, 2, 3))
attempt(lambda: [].__delitem__())
attempt(lambda: p.__setattr__("a"))
attempt(lambda: p.__delattr__())
attempt(lambda: p.__delattr__("a", "b"))
attempt(lambda: p.__eq__())
attempt(lambda: p.__hash__(1))
attempt(lambda: (lambda: 0).__get__())
attempt(lambda: (lambda: 0).__get__(1, 2, 3))
attempt(lambda: property().__set__(1))
attempt(lambda: property().__delete__())
attempt(lambda: ().__contains__())
attempt(lambda: iter([]).__next__(1))
attempt(lambda: "a".__str__(1))
attempt(lambda: 0.5.__bool__(1))
