# A list of a subclass that is extended by itself is copied first, whatever its `__iter__` gives.
class Own(list):
    pass


class Iterating(list):
    def __iter__(self):
        return iter("xyz")


for cls in list, Own, Iterating:
    values = cls([1, 2])
    values.extend(values)
    print(cls.__name__, values)
    values += values
    print(len(values))
    other = cls([3])
    other.extend(cls([4]))
    other += cls([5])
    print(other)
