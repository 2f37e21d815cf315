# When the keys and values of displays die: a dictionary's when all of it is built or has failed, last to first.
import sys


class Noisy:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name)


class Key:
    def __init__(self, number, name):
        self.number, self.name = number, name

    def __hash__(self):
        print("hash", self.name)
        return self.number

    def __eq__(self, other):
        print("compare", self.name, other.name)
        return self.number == other.number

    def __del__(self):
        print("del", self.name)


def twice():
    made = {Key(1, "one"): Noisy("a"), Key(1, "again"): Noisy("b"), Key(2, "two"): Noisy("c")}
    print("built", len(made))


def plain():
    made = {1: Noisy("first"), 2: Noisy("second"), 1: Noisy("third")}
    print("built", len(made), sys.getrefcount(made[1]) - sys.getrefcount(made[2]))


def failing():
    try:
        {1: Noisy("p"), 2: Noisy("q"), []: Noisy("r"), 3: Noisy("s")}
    except TypeError as error:
        print(error)


def of_sets():
    made = {Key(1, "one"), Key(2, "two"), Key(1, "again")}
    print("built", len(made))
    try:
        {Key(3, "three"), [], Key(4, "four")}
    except TypeError as error:
        print(error)


def counted():
    text, number = "text" + str(len("x")), 12345 + len("x")
    before = sys.getrefcount(text), sys.getrefcount(number)
    made = {text: number, "other": text}
    print(sys.getrefcount(text) - before[0], sys.getrefcount(number) - before[1])
    del made
    print(sys.getrefcount(text) - before[0], sys.getrefcount(number) - before[1])


for run in (twice, plain, failing, of_sets, counted):
    print("--", run.__name__)
    run()
