# Objects without assignment to items ask an integer key for its value first, if they are sequences.


class Index:
    def __index__(self):
        print("asked")
        return 1


class Failing:
    def __index__(self):
        raise KeyError("no index")


class Empty:
    pass


class Sized:
    def __len__(self):
        return 3


def attempt(action, container, key):
    try:
        action(container, key)
    except Exception as error:
        print(type(container).__name__, type(key).__name__, type(error).__name__, error)


def assign(container, key):
    container[key] = None


def delete(container, key):
    del container[key]


for action in assign, delete:
    for container in (1, 2), "text", b"bytes", range(3), Empty(), Sized(), 5, 1.5, None, len, {1}, frozenset():
        for key in 1, True, 2**64, Index(), Failing(), "key", 1.5, None, slice(1):
            attempt(action, container, key)
