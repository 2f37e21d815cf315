real = "real"


def __getattr__(name):
    if name == "refused":
        raise AttributeError("refused it is")
    return f"<{name}>"


def __dir__():
    return ["b", "a"]
