# The keys of a sort come to their end in their order; those made before one that cannot be made, from the last on.


class Key:
    def __init__(self, value):
        self.value = value
        if value == 7:
            raise ValueError(value)

    def __lt__(self, other):
        if self.value == 9 or other.value == 9:
            raise KeyError("compared")
        return self.value < other.value

    def __del__(self):
        print("end of", self.value)


for items in [3, 1, 2], [1, 2, 3], [], [5], [4, 2, 7, 1], [2, 1, 2, 3, 9, 4]:
    for reverse in False, True:
        try:
            items.sort(key=Key, reverse=reverse)
            print(items)
        except (ValueError, KeyError) as error:
            print(type(error).__name__, error, items)
            error = None
        try:
            print(sorted(items, key=lambda item: Key(item), reverse=reverse))
        except (ValueError, KeyError) as error:
            print(type(error).__name__, error)
