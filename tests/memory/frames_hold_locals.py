import sys


class D:
    def __init__(self, n):
        self.n = n

    def __del__(self):
        print("-", self.n)


def frame_of():
    x = D("in frame")
    return sys._getframe()


f = frame_of()
print(f.f_code.co_name, f.f_locals["x"].n, f.f_lineno)
del f
print("frame dropped")


def caller():
    y = D("caller local")
    print(sys._getframe(0).f_code.co_name, sys._getframe(1).f_code.co_name, sys._getframe().f_back.f_code.co_name)


caller()


def clear_it():
    try:
        z = D("cleared")
        1 / 0
    except ZeroDivisionError as e:
        return e.__traceback__


tb = clear_it()
print(tb.tb_frame.f_code.co_name, tb.tb_lineno)
tb.tb_frame.clear()
print("cleared by frame.clear()")
try:
    sys._getframe(1000)
except ValueError as e:
    print(e)
try:
    sys._getframe().clear()
except RuntimeError as e:
    print(e)
