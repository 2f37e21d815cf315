"""A tuple is unpacked into the variable that holds it: it ends with that."""
import weakref


class Item:
    pass


def itself(value):
    return value


def pair():
    a, b = 1, 2
    item = Item()
    watch = weakref.ref(item)
    a = (item, 1)
    del item
    a, b = itself(a)
    del a, b
    return watch() is None


def triple():
    a, b, c = 1, 2, 3
    item = Item()
    watch = weakref.ref(item)
    b = (1, item, 2)
    del item
    a, b, c = itself(b)
    del b
    return watch() is None


def popped():
    item = Item()
    watch = weakref.ref(item)
    b = None
    a = (item, item)
    rows = [a]
    del item
    a, b = rows.pop()
    del a, b
    return watch() is None


def kept():
    item = Item()
    watch = weakref.ref(item)
    a = row = (item, 1)
    del item
    a, b = itself(a)
    del a
    return watch() is not None and len(row) == 2


for function in pair, triple, popped, kept:
    print(function.__name__, {function() for _ in range(200)})
