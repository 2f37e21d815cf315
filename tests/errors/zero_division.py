def divide(a, b):
    return a / b


def outer():
    x = divide(1, 0)
    return x


print("before")
outer()
print("never")
