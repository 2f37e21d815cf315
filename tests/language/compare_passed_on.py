# Objects of one built-in type that compare what they hold: it is asked once, and may answer with anything.
import types
import weakref

log = []


class Held:
    def __init__(self, answer):
        self.answer = answer

    def __eq__(self, other):
        log.append("eq")
        return self.answer

    def __ne__(self, other):
        log.append("ne")
        return self.answer

    def __lt__(self, other):
        log.append("lt")
        return self.answer

    def keys(self):
        return []

    def __len__(self):
        return 0

    def __iter__(self):
        return iter(())

    def __getitem__(self, key):
        raise KeyError(key)

    __hash__ = None


class Undecided:
    def __bool__(self):
        log.append("bool")
        raise ArithmeticError("undecided")

    def __del__(self):
        log.append("del")


def equal(a, b):
    if a == b:
        return "equal"
    return "other"


def differ(a, b):
    while a != b:
        return "different"
    return "same"


def less(a, b):
    return "less" if a < b else "not less"


def warm():
    for _ in range(20):
        equal([1], [1])
        differ([1], [2])
        less([1], [2])


for answer in ([], [1], 0, 7, "", None, NotImplemented, True):
    one, two = Held(answer), Held(answer)
    pairs = (weakref.ref(one), weakref.ref(two)), (types.MappingProxyType(one), types.MappingProxyType(two))
    for a, b in pairs:
        for function in equal, differ, less:
            warm()
            for _ in range(3):
                try:
                    print(repr(answer), type(a).__name__, function.__name__, function(a, b), log)
                except TypeError as error:
                    print(repr(answer), type(a).__name__, function.__name__, error, log)
                log.clear()

one, two = Held(None), Held(None)
for a, b in (weakref.ref(one), weakref.ref(two)), (types.MappingProxyType(one), types.MappingProxyType(two)):
    warm()
    for _ in range(3):
        one.answer = two.answer = Undecided()
        try:
            equal(a, b)
        except ArithmeticError as error:
            print(error, log)
        del one.answer, two.answer
        print(log)
        log.clear()
