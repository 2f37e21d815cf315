print(True, False, repr(True), str(False), int(True), float(False), bool(), bool(0), bool(1), bool(""), bool("0"), bool([]), bool([0]), bool(None), bool(0.0), bool(-0.0), bool(float("nan")))
print(True + 1, True * 5, -True, True == 1, True < 2, True / 2, True // 1, True ** 2, 5 * True, True << 3)
print(True & True, True | False, True ^ True, type(True & True).__name__, type(True & 1).__name__, type(True + True).__name__, not True)
print(isinstance(True, int), type(True).__mro__, bool.__bases__, issubclass(bool, int))
print({True: "a", 1: "b", 1.0: "c"}, [1, True].count(1), [True, 2].index(1), hash(True), True in [1])
print("abc"[True], [10, 20][False], range(True), sum([True, False, True]), max(True, 0), sorted([True, False, True]))
try:
    bool(1, 2)
except TypeError as e:
    print(e)
try:
    class B(bool):
        pass
except TypeError as e:
    print(e)
print(True.bit_length(), True.to_bytes(), True.real, type(True.real).__name__, True.numerator, bool.from_bytes(b"\1"), (True).__and__(False), True.__repr__())
print(f"{True:>6}|{False:<6}|{True:^7}|{True:s}" if False else f"{True!s:>6}")
