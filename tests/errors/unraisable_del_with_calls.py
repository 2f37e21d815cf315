def helper(x):
    return x / 0


class Deep:
    def __del__(self):
        helper(1)


def f():
    a = Deep()
    print("in f")


f()
print("after f")
