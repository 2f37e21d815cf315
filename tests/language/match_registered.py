# What sequence and mapping patterns match follows the first base, and registration reaches classes that exist already.
import collections
import collections.abc


def kind(thing):
    match thing:
        case {}:
            return "mapping"
        case []:
            return "sequence"
    return None


class Parent:
    def __len__(self):
        return 0


class Before(Parent):
    pass


class Grandchild(Before):
    pass


print(kind(Parent()), kind(Grandchild()))
collections.abc.Mapping.register(Parent)


class After(Parent):
    pass


print([kind(cls()) for cls in (Parent, Before, Grandchild, After)])


class Both(collections.UserDict, collections.abc.Sequence):
    pass


class Other(collections.abc.Sequence, collections.UserDict):
    def __getitem__(self, index):
        raise IndexError

    def __len__(self):
        return 0


print(kind(Both()), kind(Other()))
