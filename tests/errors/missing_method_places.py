# Where a method is missing, the place is that of the attribute, whatever the arguments are.
import traceback


def plain(o, x):
    return o.missing(x, 1)


def keyword(o, x):
    return o.missing(a=1)


def keywords(o, x):
    return o.missing(x, a=1, b=x)


def computed(o, x):
    return o.missing(len(x), a=len(x))


def unpacked(o, x):
    return o.missing(*x, a=1)


def lines(o, x):
    return (o
            .missing(a=1,
                     b=2))


for call in plain, keyword, keywords, computed, unpacked, lines:
    for o in 5, object(), [], len, int:
        try:
            call(o, ())
        except AttributeError as error:
            for frame in traceback.extract_tb(error.__traceback__)[1:]:
                print(error, frame.name, frame.lineno, frame.end_lineno, frame.colno, frame.end_colno)
