# What a metaclass's mro() gives is validated: classes only, not empty, and of a layout that instances can have.
def attempt(make):
    try:
        return make()
    except TypeError as error:
        print(type(error).__name__, error)


class Plain:
    pass


def with_mro(result, bases=()):
    class Meta(type):
        def mro(cls):
            return result(cls, super().mro())

    return attempt(lambda: Meta("Made", bases, {}))


with_mro(lambda cls, own: [])
with_mro(lambda cls, own: ())
with_mro(lambda cls, own: [cls, 5, object])
with_mro(lambda cls, own: [cls, "text"])
with_mro(lambda cls, own: [cls, int, object])
with_mro(lambda cls, own: [cls, dict, object])
with_mro(lambda cls, own: 5)
made = with_mro(lambda cls, own: own)
print(made.__mro__ == (made, object))
made = with_mro(lambda cls, own: [cls, Plain, object])
print([c.__name__ for c in made.__mro__], made.__bases__)
made = with_mro(lambda cls, own: iter([cls, int, object]), (int,))
print([c.__name__ for c in made.__mro__], made(5) + 1)
made = with_mro(lambda cls, own: [cls, object], (int,))
print([c.__name__ for c in made.__mro__])

# A change of the bases asks mro() again, and what it refuses leaves the class as it was.


class Switch(type):
    answer = None

    def mro(cls):
        return super().mro() if Switch.answer is None else Switch.answer(cls)


class A(metaclass=Switch):
    pass


class B(metaclass=Switch):
    pass


class C(A):
    pass


Switch.answer = lambda cls: []


def change():
    C.__bases__ = (B,)


attempt(change)
Switch.answer = lambda cls: [cls, 5]
attempt(change)
Switch.answer = None
print([c.__name__ for c in C.__mro__], [c.__name__ for c in C.__bases__])
change()
print([c.__name__ for c in C.__mro__], [c.__name__ for c in C.__bases__])
