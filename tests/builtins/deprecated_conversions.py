# Conversions that still work, with a warning.
import warnings


class Sub(int):
    pass


class Real(float):
    pass


class Gives:
    def __init__(self, **results):
        self.results = results


def make(**methods):
    return type("Made", (), {name: lambda self, result=result: result for name, result in methods.items()})()


for convert, given in [
    (int, make(__int__=True)), (int, make(__int__=Sub(7))), (int, make(__trunc__=5)), ([0, 1, 2].__getitem__, make(__index__=Sub(1))),
    (float, make(__float__=Real(2.5))), (lambda x: ~x, True), (complex, make(__complex__=1j)), (int, make(__index__=3)),
]:
    with warnings.catch_warnings(record=True) as log:
        warnings.simplefilter("always")
        print(convert(given), [str(entry.message)[:60] for entry in log])
