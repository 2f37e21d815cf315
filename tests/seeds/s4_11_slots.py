import sys


class RegularClass:
    def __init__(self, x, y):
        self.x = x
        self.y = y


class SlottedClass:
    __slots__ = ['x', 'y']

    def __init__(self, x, y):
        self.x = x
        self.y = y


# Compare memory usage
regular_obj = RegularClass(1, 2)
slotted_obj = SlottedClass(1, 2)
print(sys.getsizeof(regular_obj) <= 48, sys.getsizeof(slotted_obj) <= 48)
# Create many instances to see the difference
regular_list = [RegularClass(i, i) for i in range(10000)]
slotted_list = [SlottedClass(i, i) for i in range(10000)]
print(sum(sys.getsizeof(obj) for obj in regular_list) == 10000 * sys.getsizeof(regular_obj))
print(sum(sys.getsizeof(obj) for obj in slotted_list) == 10000 * sys.getsizeof(slotted_obj))
print(hasattr(regular_obj, "__dict__"), hasattr(slotted_obj, "__dict__"), regular_obj.__dict__)
