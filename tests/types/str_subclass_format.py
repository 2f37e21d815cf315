# Formatted without a specification, an instance of a subclass says what it is; with one its own text counts.
class Own(str):
    def __str__(self):
        return "own"


text = Own("x")
print("%s" % text, "{}".format(text), f"{text}", format(text), format(text, ">5"), "%r" % text, f"{text!s:>5}")
