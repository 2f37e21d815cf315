# An iterable that announces more items than there is room for is refused before it is begun.
def attempt(call):
    try:
        call()
        print("no error")
    except (MemoryError, OverflowError) as error:
        print(type(error).__name__, error)


class Announces:
    def __init__(self, hint):
        self.hint = hint

    def __length_hint__(self):
        return self.hint

    def __iter__(self):
        print("begun")
        return iter([1, 2, 3])


attempt(lambda: list(range(2**62)))
attempt(lambda: [].extend(range(2**61)))
attempt(lambda: [0].extend(range(2**60)))
attempt(lambda: [*range(2**62)])
attempt(lambda: list(range(2**100)))
attempt(lambda: list(Announces(2**62)))
print(list(Announces(5)), list(Announces(0)), list(Announces(10000)))
