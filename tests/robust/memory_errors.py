for f in (lambda: [0] * 2 ** 60, lambda: "a" * 2 ** 62, lambda: b"x" * 2 ** 62, lambda: (1,) * 2 ** 60, lambda: bytes(2 ** 62), lambda: "ab" * 2 ** 63, lambda: [1] * 2 ** 100, lambda: 1 << 2 ** 64, lambda: list(range(2 ** 62)), lambda: "a".center(2 ** 62), lambda: "%*d" % (2 ** 62, 1), lambda: f"{1:{2 ** 62}}", lambda: [0] * (2 ** 63 - 1), lambda: "x".zfill(2 ** 62), lambda: "\t".expandtabs(2 ** 62), lambda: "a" * (2 ** 63 - 1)):
    try:
        f()
        print("no error")
    except (MemoryError, OverflowError, ValueError) as e:
        print(type(e).__name__)
print("alive")
