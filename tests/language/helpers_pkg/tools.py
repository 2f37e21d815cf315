print("loading", __name__)
from . import VALUE


def twice():
    return VALUE * 2
