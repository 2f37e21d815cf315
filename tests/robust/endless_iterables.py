# An iterable that announces an impossible length is not even begun.
for make in (list, tuple, sorted, lambda r: [*r], lambda r: [].extend(r), lambda r: list.__init__([], r)):
    for length in (1 << 61, 1 << 62):
        try:
            make(range(length))
        except MemoryError as error:
            print(type(error).__name__)


class Lying:
    def __iter__(self):
        return iter("abc")

    def __length_hint__(self):
        return (1 << 63) - 1


try:
    print(list(Lying()))
except MemoryError:
    print("believed")
