# An AttributeError of a getter means that there is no attribute, as does one of __getattr__.
class Getter:
    @property
    def missing(self):
        return self._missing

    @property
    def broken(self):
        return 1 / 0


class Hook:
    def __getattr__(self, name):
        raise AttributeError("hook")

    @property
    def missing(self):
        raise AttributeError("getter")


for thing in (Getter(), Hook()):
    print(hasattr(thing, "missing"), getattr(thing, "missing", "default"))
try:
    hasattr(Getter(), "broken")
except ZeroDivisionError as error:
    print(error)
try:
    Getter().missing
except AttributeError as error:
    print(error)
