def chain():
    try:
        try:
            raise KeyError("first")
        except KeyError:
            raise ValueError("second")
    except ValueError as e:
        return e


e = chain()
print(repr(e), repr(e.__context__), e.__cause__, e.__suppress_context__)
try:
    try:
        raise KeyError("first")
    except KeyError as k:
        raise ValueError("second") from k
except ValueError as e:
    print(repr(e.__cause__), e.__cause__ is e.__context__, e.__suppress_context__)
try:
    try:
        raise KeyError
    except KeyError:
        raise ValueError from None
except ValueError as e:
    print(e.__cause__, repr(e.__context__), e.__suppress_context__)


def deep():
    try:
        raise A1
    except NameError as n:
        try:
            raise TypeError("t")
        except TypeError:
            try:
                raise ValueError("v")
            except ValueError as v:
                return v


v = deep()
while v:
    print(type(v).__name__, v)
    v = v.__context__
import sys


def info():
    out = []
    out.append(sys.exc_info()[0])
    try:
        1 / 0
    except ZeroDivisionError as z:
        out.append(sys.exc_info()[0].__name__)
        out.append(sys.exc_info()[1] is z)
        out.append(sys.exception() is z)
        try:
            [][1]
        except IndexError:
            out.append(sys.exc_info()[0].__name__)
        out.append(sys.exc_info()[0].__name__)
    out.append(sys.exc_info())
    return out


print(info())
try:
    raise ValueError("n").with_traceback(None)
except ValueError as e:
    print(e.__traceback__ is not None, e.__traceback__.tb_lineno, e.__traceback__.tb_next)
    e.add_note("a note")
    print(e.__notes__)
err = ValueError("reused")
for i in range(2):
    try:
        raise err
    except ValueError as e:
        print(e is err)
