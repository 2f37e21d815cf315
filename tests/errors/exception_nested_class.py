class Outer:
    class Inner(Exception):
        pass


def f():
    class Local(Exception):
        pass
    raise Local("local")


try:
    raise Outer.Inner("inner")
except Outer.Inner:
    f()
