# What calls with `*` and `**` say and give up when they fail, and in which order.
log = []


class Noisy:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        log.append(self.name)


def some(count):
    for number in range(count):
        yield Noisy(f"item {number}")
    raise RuntimeError("enough")


def items(count):
    return [Noisy(f"item {number}") for number in range(count)]


def none():
    pass


def two(a, b=1):
    return a, b


class Plain:
    def __init__(self):
        pass

    def method(self):
        pass


def attempt(title, call):
    try:
        print(title, call())
    except Exception as error:
        print(title, type(error).__name__, error)
    print("  ", log)
    log.clear()


plain = Plain()
for _ in range(3):
    # An iterable that fails: what it has given goes from the last to the first.
    for title, call in {
        "tuple": lambda: tuple(some(3)),
        "list": lambda: list(some(3)),
        "function": lambda: none(*some(3)),
        "class": lambda: Plain(*some(3)),
        "method": lambda: plain.method(*some(3)),
        "sorted": lambda: sorted(some(3)),
        "join": lambda: ",".join(some(3)),
        "native": lambda: print(*some(3)),
    }.items():
        attempt(title, call)
    # Arguments that do not fit.
    for title, call in {
        "function": lambda: none(*items(3)),
        "behind one": lambda: none(Noisy("first"), *items(2), Noisy("last")),
        "keywords": lambda: two(*items(2), **{"a": Noisy("a")}),
        "more keywords": lambda: two(Noisy("first"), *items(1), c=Noisy("c"), **{"d": Noisy("d")}),
        "class": lambda: Plain(*items(2)),
        "method": lambda: plain.method(*items(2), **{"a": Noisy("a")}),
        "native": lambda: len(*items(2), Noisy("last")),
        "not callable": lambda: (lambda f: f(*items(2), a=Noisy("a")))(5),
    }.items():
        attempt(title, call)


class Mapping:
    def __init__(self, keys, fails=None, error=None):
        self.names, self.fails, self.error = keys, fails, error

    def keys(self):
        log.append("keys")
        if self.fails == "keys":
            raise self.error
        return self.names

    def __getitem__(self, key):
        log.append(key)
        if key == self.fails:
            raise self.error
        return key


def gather(*args, **keywords):
    return args, keywords


# Mappings: each key is looked at before its value is asked for, and errors of theirs are taken for others.
for title, make in {
    "plain": lambda: Mapping(["a", "b"]),
    "twice": lambda: Mapping(["a", "a"]),
    "known": lambda: Mapping(["y", "x", "z"]),
    "no keys": lambda: Mapping(5),
    "key error": lambda: Mapping(["a"], "a", KeyError("other")),
    "key error without key": lambda: Mapping(["a"], "a", KeyError()),
    "key error of keys": lambda: Mapping(["a"], "keys", KeyError("k")),
    "attribute error": lambda: Mapping(["a"], "a", AttributeError("other")),
    "value error": lambda: Mapping(["a"], "a", ValueError("other")),
    "number": lambda: Mapping([1, "a"]),
    "none": lambda: 5,
    "dictionary": lambda: {"x": 1, "y": 2},
}.items():
    attempt(title, lambda: gather(**make()))
    attempt(title, lambda: gather(1, x=2, **make()))
    attempt(title, lambda: gather(**{"x": 1}, **make()))
    attempt(title, lambda: dict(x=1, **make()))
    attempt(title, lambda: {"x": 1, **make()})

# More defaults than parameters.
two.__defaults__ = (1, 2, 3, 4)
attempt("defaults", lambda: two(1, 2, 3))

# What is no string, and what takes no keywords.
for call in (
    lambda f: f(**{1: 2}),
    lambda f: f(1, **{1: 2}),
    lambda f: f(1, **{"a": 2}),
    lambda f: f(1, a=2),
    lambda f: f(*(1,), a=2),
    lambda f: f(a=2),
    lambda f: f(1, 2, a=3),
):
    for callee in 5, type, len, gather, plain.method:
        attempt("keywords", lambda: call(callee))
