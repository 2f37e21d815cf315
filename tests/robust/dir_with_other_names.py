# Namespaces may hold names that are no strings: dir() cannot sort them.
class A:
    pass


a = A()
a.__dict__[1] = 2
for show in (lambda: dir(a), lambda: dir(B()), lambda: a.__dir__()[:0]):
    class B:
        def __dir__(self):
            return ["b", 3, "a"]
    try:
        print(show())
    except TypeError as error:
        print(error)


class C:
    def __dir__(self):
        return [3, 1, 2]


print(dir(C()))
