"""Exceptions raised, caught and passed on, with and finally."""


class Closing:
    def __enter__(self):
        return self

    def __exit__(self, *about):
        return False


def risky(i):
    if i % 3 == 0:
        raise ValueError(i)
    return i


caught = total = 0
for i in range(2000):
    try:
        with Closing():
            total += risky(i)
    except ValueError as error:
        caught += error.args[0]
    finally:
        total += 1
print(caught, total)
