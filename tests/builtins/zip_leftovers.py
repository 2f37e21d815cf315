# What a zip has taken when another iterator ends or fails stays with it until it goes.
log = []


class Noisy:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        log.append(self.name)


def some(letter, count, fails=False):
    for number in range(count):
        yield Noisy(f"{letter}{number}")
    if fails:
        raise ValueError("fails")


def run(width, short, length, strict, fails):
    sources = [
        some("abcd"[place], length + (place < short), fails and place == short) for place in range(width)
    ]
    pairs = zip(*sources, strict=strict)
    del sources
    try:
        for items in pairs:
            log.append("|")
        items = None
    except ValueError as error:
        log.append(str(error))
    items = None
    log.append("ended")
    try:
        next(pairs, None)
    except ValueError as error:
        log.append(str(error))
    log.append("again")


for width in 1, 2, 3, 4:
    for short in range(width):
        for length in 0, 1, 2:
            for strict in False, True:
                for fails in False, True:
                    run(width, short, length, strict, fails)
                    print(width, short, length, strict, fails, *log)
                    log.clear()
