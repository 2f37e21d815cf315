import sys


class D:
    def __del__(self):
        raise ValueError("seen by the hook")


def hook(u):
    print("hook:", u.exc_type.__name__, u.exc_value, u.object.__qualname__, u.err_msg)


sys.unraisablehook = hook
D()
sys.unraisablehook = sys.__unraisablehook__
D()
