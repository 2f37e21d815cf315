# The truth of an operand of `and` and `or` is asked for at the place of the whole expression, unless it decides a jump.
import traceback


class Stubborn:
    def __bool__(self):
        raise ValueError("neither")


class Holder:
    pass


def make(x):
    return Stubborn()


def value(x):
    result = make(x) and x
    return result


def returned(x):
    return x.b or x or 1


def second(x):
    return x and x.b and 1


def nested(x):
    return (x and x.b) or 1


def lines(x):
    return (x
            and x.b
            and 1)


def condition(x):
    if x and x.b and 1:
        return 1


def negated(x):
    return not x.b


def argument(x):
    return print(x.b and 1)


holder = Holder()
holder.b = Stubborn()
for _ in range(3):
    for function in (value, returned, second, nested, lines, condition, negated, argument):
        try:
            function(holder)
        except ValueError:
            print(traceback.format_exc())
