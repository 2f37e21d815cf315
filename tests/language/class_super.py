class Base:
    def __init__(self, **kw):
        print("Base", kw)

    @classmethod
    def make(cls):
        return cls.__name__

    @staticmethod
    def util():
        return "base util"

    @property
    def prop(self):
        return "base prop"


class Left(Base):
    def __init__(self, left=None, **kw):
        print("Left", left)
        super().__init__(**kw)


class Right(Base):
    def __init__(self, right=None, **kw):
        print("Right", right)
        super().__init__(**kw)


class Child(Left, Right):
    def __init__(self, **kw):
        print("Child")
        super().__init__(**kw)

    @classmethod
    def make(cls):
        return "child of " + super().make()

    @property
    def prop(self):
        return "child of " + super().prop

    def explicit(self):
        return super(Left, self).prop, super(Child, Child).make()


c = Child(left=1, right=2, extra=3)
print(c.make(), Child.make(), c.prop, c.explicit(), super(Child, c).util())
print(super(Child, c).__thisclass__.__name__, super(Child, c).__self__ is c)
try:
    super(Child, Base()).prop
except TypeError as e:
    print(e)
try:
    super().x
except RuntimeError as e:
    print(e)


def free():
    super().x


try:
    free()
except RuntimeError as e:
    print(e)
try:
    super(Child, c).nothing
except AttributeError as e:
    print(e)


class UsesClass:
    def me(self):
        return __class__


print(UsesClass().me())
