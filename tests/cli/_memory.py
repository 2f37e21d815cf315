try:
    numbers = [i for i in range(1_000_000_000)]
except MemoryError:
    print("caught [i for i in range(...)]")


class Link:
    __slots__ = ("before",)


def chain():
    last = None
    while True:
        link = Link()
        link.before = last
        last = link


def run():
    try:
        chain()
    except MemoryError as error:
        error.__traceback__ = None
        return True


print("caught a chain of small objects" if run() else "")
try:
    "x" * 10**9
except MemoryError:
    print("caught 'x' * 10**9")
print("and goes on")
