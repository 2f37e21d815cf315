def f(x):
    return x


a, b = {"k": [1, 2]}, None
print(f(1) + f(a["k"][0] * b) - f(3), "tail", end="")
